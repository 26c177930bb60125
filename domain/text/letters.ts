/** Letters of list items (điểm a, b, c, d, đ, e, ...): the Vietnamese alphabet without ă â ê ô ơ ư, and no f j w z. */
export const LETTERS: readonly string[] = 'a b c d đ e g h i k l m n o p q r s t u v x y'.split(' ');

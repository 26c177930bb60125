import classes from './LetterPage.module.css';

/** The page of a letter, in a frame that runs nothing, fetches nothing and leads nowhere. */
export function LetterPage({ title, html }: { readonly title: string; readonly html: string }) {
  return <iframe className={classes['page']} title={title} sandbox="" srcDoc={html} />;
}

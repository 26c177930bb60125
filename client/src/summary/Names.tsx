import { formatNumber } from '../../../domain/text/numbers.ts';
import { postParts } from '../../../domain/text/posts.ts';
import { useWords } from '../app/language.ts';
import classes from './summary.module.css';

interface Named {
  readonly person: string;
  readonly name: string;
  readonly position: string;
  readonly unit: string;
}

/** A list of people by name, in the order given; nothing where there is nobody. */
export function Names<Person extends Named>({
  label,
  people,
  more,
}: {
  label: string;
  people: readonly Person[];
  /** What stands beside a name: a reason, or where somebody was. */
  more?: (person: Person) => string;
}) {
  const { language } = useWords();
  if (people.length === 0) return null;
  return (
    <section className={classes['names']}>
      <h2>
        {label} ({formatNumber(people.length, language)})
      </h2>
      <ol>
        {people.map((person) => {
          const beside = [...postParts(person.position, person.unit), more?.(person) ?? ''].filter(
            (text) => text !== '',
          );
          return (
            <li key={person.person}>
              <b>{person.name}</b>
              {beside.length === 0 ? '' : `, ${beside.join(', ')}`}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

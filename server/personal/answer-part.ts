import {
  ABSENCE_FIELDS,
  SUBSTITUTE_FIELDS,
  typedAnswer,
  type AnswerField,
} from '../../domain/personal/answer-form.ts';
import { html, type Html } from '../platform/html.ts';
import type { PageState, PersonalState, Say, Unsent } from './content.ts';
import { personalUrl } from './links.ts';
import { FIELD_NAMES, sayFault, WORDS } from './sentences.ts';

/** How somebody answered, and the three ways to do so. Null where there is nothing to answer. */
export function answerPart(state: PersonalState, page: PageState, say: Say): Html | null {
  if (state.kind === 'withdrawn') return null;
  const { answer, substitute, mayAnswer } = state;
  const hasAnswered = answer !== null || substitute !== null;
  const after = mayAnswer ? (hasAnswered ? WORDS.mayChange : WORDS.asked) : WORDS.closed;
  const isReplaced = substitute?.state === 'accepted';
  return html`<h2 id="answer">${say(WORDS.answer)}</h2>
    ${saidPart(state, say)} ${isReplaced ? null : html`<p>${say(after)}</p>`}
    ${mayAnswer ? formsPart(page, say) : null}`;
}

function saidPart({ answer, substitute }: Extract<PersonalState, { kind: 'open' }>, say: Say): Html | null {
  if (substitute !== null) {
    const { state, name, reason } = substitute;
    return html`<p><strong>${say(WORDS[state])}</strong> ${state === 'refused' ? reason : name}</p>`;
  }
  if (answer === null) return null;
  if (answer === 'coming') return html`<p><strong>${say(WORDS.saidComing)}</strong></p>`;
  return html`<p><strong>${say(WORDS.saidNotComing)}</strong> ${answer.notComing}</p>`;
}

function formsPart({ letter, language, unsent }: PageState, say: Say): Html {
  const to = personalUrl(letter, language);
  const fields = (form: Unsent['form'], names: Partial<Record<AnswerField, number>>): Html[] =>
    Object.entries(names).map(([name, longest]) =>
      fieldPart(name as AnswerField, longest, unsent?.form === form ? unsent : null, language, say),
    );
  const open = (form: Unsent['form']): Html | null => (unsent?.form === form ? html` open` : null);
  return html`${faultsPart(unsent, language, say)}
<form method="post" action="${to}"><button name="answer" value="coming">${say(WORDS.coming)}</button></form>
<details${open('not-coming')}><summary>${say(WORDS.notComing)}</summary>
<form method="post" action="${to}" novalidate>${fields('not-coming', ABSENCE_FIELDS)}
<button name="answer" value="not-coming">${say(WORDS.sendAbsence)}</button></form></details>
<details${open('substitute')}><summary>${say(WORDS.substitute)}</summary>
<p>${say(WORDS.substituteMore)}</p>
<form method="post" action="${to}" novalidate>${fields('substitute', SUBSTITUTE_FIELDS)}
<button name="answer" value="substitute">${say(WORDS.sendSubstitute)}</button></form></details>`;
}

function faultsPart(unsent: Unsent | null, language: PageState['language'], say: Say): Html | null {
  if (unsent === null) return null;
  const faults = unsent.faults.map(
    (fault) => html`<li><a href="#${fieldId(fault.field)}">${sayFault(fault, language)}</a></li>`,
  );
  return html`<div class="faults" role="alert">
    <p>${say(WORDS.faults)}</p>
    <ul>
      ${faults}
    </ul>
  </div>`;
}

/** By which a fault points to its field. */
function fieldId(field: AnswerField): string {
  return `field-${field}`;
}

const NOTHING_TYPED = typedAnswer({});
const LONG_TEXTS: ReadonlySet<AnswerField> = new Set<AnswerField>(['reason', 'why']);
const OPTIONAL: ReadonlySet<AnswerField> = new Set<AnswerField>(['unit', 'phone']);

function fieldPart(
  field: AnswerField,
  longest: number,
  unsent: Unsent | null,
  language: PageState['language'],
  say: Say,
): Html {
  const id = fieldId(field);
  const fault = unsent?.faults.find((one) => one.field === field);
  const typed = (unsent?.typed ?? NOTHING_TYPED)[field];
  const label = html`<label for="${id}"
    >${say(FIELD_NAMES[field])}${OPTIONAL.has(field) ? html` <small>(${say(WORDS.optional)})</small>` : null}</label
  >`;
  const said =
    fault === undefined ? null : html`<p class="fault" id="${id}-fault">${sayFault(fault, language)}</p>`;
  const marks = fault === undefined ? null : html` aria-invalid="true" aria-describedby="${id}-fault"`;
  const control = LONG_TEXTS.has(field)
    ? html`<textarea id="${id}" name="${field}" rows="3" maxlength="${longest}" ${marks}>${typed}</textarea>`
    : html`<input
        id="${id}"
        name="${field}"
        type="${field === 'phone' ? 'tel' : 'text'}"
        value="${typed}"
        maxlength="${longest}"
        autocomplete="off"
        ${marks}
      />`;
  return html`${label}${said}${control}`;
}

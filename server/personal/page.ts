import { encode } from 'uqr';

import { pathOfSquares } from '../../domain/passes/qr-path.ts';
import { formatSpan } from '../../domain/schedule/sentences.ts';
import { formatTime } from '../../domain/text/dates.ts';
import type { Language } from '../../domain/text/language.ts';
import { formatBytes, formatNumber } from '../../domain/text/numbers.ts';
import { postParts } from '../../domain/text/posts.ts';
import { html, ownMarkup, type Html } from '../platform/html.ts';
import { answerPart } from './answer-part.ts';
import type { PageState, PersonalContent, Say } from './content.ts';
import { framed } from './frame.ts';
import { personalUrl } from './links.ts';
import { sayObliged, WORDS } from './sentences.ts';

/** The page of somebody who is invited: without a script, for whatever telephone they have. */
export function personalPage(content: PersonalContent, state: PageState): string {
  const { language } = state;
  const say: Say = (words) => words[language];
  const { kind, conference, person, convenedBy, obligedSince } = content;
  const isOff = content.state.kind === 'withdrawn';
  return framed(
    WORDS[kind],
    language,
    html`<p class="to">
        <a
          href="${personalUrl(state.letter, language === 'vi' ? 'en' : 'vi')}"
          lang="${language === 'vi' ? 'en' : 'vi'}"
          >${say(WORDS.other)}</a
        >
      </p>
      <p class="of">${convenedBy}</p>
      <h1>${say(WORDS[kind])}</h1>
      <p class="who">
        ${say(WORDS.dear)}
        <strong>${person.name}</strong
        >${postParts(person.position, person.unit).map((part) => html`<br />${part}`)}
      </p>
      ${noticePart(state, say)}
      ${content.state.kind === 'withdrawn' ? html`<p class="off" role="alert">${say(WORDS.withdrawn)} ${content.state.reason}</p>` : null}
      ${content.session?.calledOff == null ? null : html`<p class="off" role="alert">${say(WORDS.calledOff)} ${content.session.calledOff}</p>`}
      <dl>
        <dt>${say(WORDS.conference)}</dt>
        <dd>
          <strong>${conference.title}</strong
          >${conference.number === null ? null : html`<br />${say(WORDS.plan)} ${conference.number}`}
        </dd>
        ${timePart(content, language, say)} ${placePart(content, say)}
      </dl>
      ${obligedSince === null || isOff ? null : html`<p>${sayObliged(obligedSince, language)}</p>`}
      ${isOff || content.session === null || content.session.calledOff !== null ? null : html`<p><a class="deed" href="${personalUrl(state.letter, language, '/calendar')}">${say(WORDS.calendar)}</a><br /><small>${say(WORDS.calendarMore)}</small></p>`}
      ${answerPart(content.state, state, say)} ${passPart(content, say)}
      ${programmePart(content, language, say)} ${isOff ? null : papersPart(content, state, say)}
      <p class="own">${say(WORDS.ownPage)}</p>`,
  );
}

const NOTICES = { sent: WORDS.sent, 'not now': WORDS.notNow, 'no answer': WORDS.noAnswer } as const;

function noticePart({ notice }: PageState, say: Say): Html | null {
  if (notice === null) return null;
  const role = notice === 'sent' ? 'status' : 'alert';
  return html`<p class="${notice === 'sent' ? 'done' : 'off'}" role="${role}">${say(NOTICES[notice])}</p>`;
}

function timePart({ session }: PersonalContent, language: Language, say: Say): Html {
  if (session === null)
    return html`<dt>${say(WORDS.when)}</dt>
      <dd>${say(WORDS.noTime)}</dd>`;
  const { startsAt, endsAt, doorsAt } = session;
  const doors = doorsAt === null ? null : html`<br />${say(WORDS.doors)} ${formatTime(doorsAt)}`;
  return html`<dt>${say(WORDS.when)}</dt>
    <dd><strong>${formatSpan(startsAt, endsAt, language)}</strong>${doors}</dd>`;
}

function placePart({ bridge, seat, state }: PersonalContent, say: Say): Html {
  const place = bridge.venue ?? bridge.address;
  const seated =
    seat === null
      ? html`<dd>${say(WORDS.noSeat)}</dd>`
      : html`${seat.seatNumber === null ? null : html`<dd class="seat"><strong>${seat.seatNumber}</strong></dd>`}${seat.as === 'chair' ? html`<dd>${say(WORDS.chair)}</dd>` : null}`;
  const hasSeatLine = seat === null || seat.seatNumber !== null || seat.as === 'chair';
  return html`<dt>${say(WORDS.bridge)}</dt>
    <dd><strong>${bridge.name}</strong></dd>
    ${
      place === null
        ? null
        : html`<dt>${say(WORDS.where)}</dt>
            <dd>${place}</dd>`
    }
    ${
      state.kind === 'withdrawn' || !hasSeatLine
        ? null
        : html`<dt>${say(WORDS.seat)}</dt>
            ${seated}`
    }`;
}

/** White squares around a code, by which scanners find it. */
const QUIET = 4;

function passPart({ pass }: PersonalContent, say: Say): Html | null {
  if (pass === null) return null;
  const { data, size } = encode(pass.code, { ecc: 'M', boostEcc: false, border: 0 });
  const side = size + 2 * QUIET;
  const drawing = ownMarkup(
    `<rect x="${-QUIET}" y="${-QUIET}" width="${side}" height="${side}" fill="#fff"/><path d="${pathOfSquares(data)}"/>`,
  );
  return html`<h2>${say(WORDS.pass)}</h2>
    <svg
      viewBox="${-QUIET} ${-QUIET} ${side} ${side}"
      shape-rendering="crispEdges"
      role="img"
      aria-label="${say(WORDS.passCode)}"
    >
      ${drawing}
    </svg>
    <p>${say(WORDS.passMore)}</p>`;
}

function programmePart({ session }: PersonalContent, language: Language, say: Say): Html | null {
  if (session === null || session.programme.length === 0) return null;
  const items = session.programme.map(
    ({ title, minutes }) =>
      html`<li>
        ${title}${minutes === null ? null : html` <small>(${formatNumber(minutes, language)} ${say(WORDS.minutes)})</small>`}
      </li>`,
  );
  return html`<h2>${say(WORDS.programme)}</h2>
    <ol>
      ${items}
    </ol>`;
}

function papersPart({ papers }: PersonalContent, { letter, language }: PageState, say: Say): Html {
  const items = papers.map(
    ({ id, name, size }) =>
      html`<li>
        <a href="${personalUrl(letter, language, '/paper', { paper: id })}">${name}</a>
        <small>${formatBytes(size, language)}</small>
      </li>`,
  );
  return html`<h2>${say(WORDS.papers)}</h2>
    ${
      papers.length === 0
        ? html`<p>${say(WORDS.noPapers)}</p>`
        : html`<ul>
            ${items}
          </ul>`
    }`;
}

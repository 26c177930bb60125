import type { BridgeClass } from '../bridges/bridge.ts';
import { nfc } from '../text/normalize.ts';
import type { CivilDate } from '../time.ts';
import { CHAIR_SENTENCE, readAgenda } from './agenda.ts';
import { readBanner, readDocuments } from './banner-documents.ts';
import { mentionedClasses } from './classes.ts';
import type { MainBridge } from './classes.ts';
import { readComposition } from './composition.ts';
import { derived, join, keyOf, leaf, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import type { DraftClause, DraftPlan, Leaf, Reading } from './draft.ts';
import { readDuties } from './duties.ts';
import { readHeading } from './heading.ts';
import { layOut, LONGEST_PARAGRAPH } from './layout.ts';
import { leftoversOf } from './leftovers.ts';
import { joinLimits } from './limits.ts';
import { isoAt } from './moments.ts';
import { sentences } from './phrases.ts';
import { readRecipients } from './recipients.ts';
import { divide } from './sections.ts';
import type { Item } from './sections.ts';
import { readBroadcast, readFormat, readReplacesNotice, readVenue, readWhen } from './time-place.ts';
import type { When } from './time-place.ts';

/**
 * Reads a plan document (kế hoạch tổ chức hội nghị) as it comes: with a scanner's errors, page breaks inside sentences, lost
 * headings. Every value names the passages that it rests on; what is not in the text is empty; what fits no field is left
 * over with a reason. The same text always reads the same. Time and memory grow with the length of the text.
 */
export function readPlan(given: string): Reading {
  const text = nfc(given);
  const { paragraphs, pageNumbers, unread } = layOut(text);
  const all = divide(paragraphs);
  // Too long for a paragraph: nobody wrote that. It is left over, unread.
  const items = all.filter((item) => item.body.text.length <= LONGEST_PARAGRAPH);
  const head = items.filter((item) => item.zone === 'head');
  const body = items.filter((item) => item.zone === 'body');
  const annex = items.filter((item) => item.zone === 'annex');

  const heading = readHeading(head, annex);
  const issuedOn = heading.issuedOn.value as CivilDate | null;
  const { main } = heading;
  const duties = readDuties(body, issuedOn);
  const agenda = pick(
    readAgenda(body),
    () => readAgenda(annex),
    (read) => read.items.length > 0,
  );
  const when = completed(readWhen(body, agenda.programme), agenda);
  const invitations = duties.orders
    .map((order) => order.sentence)
    .filter((sentence) => /(?<!giấy )mời/iu.test(sentence.text));
  const composition = pick(
    readComposition(body, main, invitations),
    () => readComposition(annex, main, invitations),
    (read) => read.clauses.length > 0,
  );
  const documents = readDocuments(body);
  const recipients = readRecipients(items);

  const plan: DraftPlan = {
    number: heading.number,
    issuer: heading.issuer,
    issuedOn: heading.issuedOn,
    title: heading.title,
    banner: readBanner(body),
    startsAt: when.startsAt,
    endsAt: when.endsAt,
    venue: readVenue(body, main),
    format: readFormat(body, titlePassage(head, heading.title)),
    broadcast: readBroadcast(body),
    replacesNotice: readReplacesNotice(items),
    bridgeClasses: classesOf(body, composition.clauses, main),
    clauses: composition.clauses,
    chairing: [...composition.chairing, ...chairRules(body)],
    agenda: joinLimits(agenda.items, duties.orders),
    documents: documents.documents,
    duties: duties.duties,
    recipients: recipients.recipients,
  };
  const headings = body
    .filter(
      (item) =>
        item.label !== null &&
        (item.opens || /^điểm cầu\s/iu.test(item.label.text)) &&
        item.label.text.length < 120,
    )
    .map((item) => item.label as Passage);
  const leftovers = leftoversOf(
    text,
    plan,
    all,
    {
      frames: [
        ...heading.frame,
        ...headings,
        ...composition.marks,
        ...agenda.marks,
        ...duties.marks,
        ...documents.marks,
        ...recipients.marks,
      ],
      stamps: heading.stamps,
      noise: heading.noise,
      purposes: [...heading.grounds, ...duties.closing],
      unplaced: heading.unplaced,
      unclear: [...heading.unclear, ...duties.unclear, ...when.unclear],
    },
    pageNumbers,
    unread,
  );
  return { text, plan, leftovers };
}

function pick<Read>(first: Read, second: () => Read, found: (read: Read) => boolean): Read {
  if (found(first)) return first;
  const other = second();
  return found(other) ? other : first;
}

/** Where the section on time gives no hours, the hours of the first and the last agenda item do. */
function completed(when: When, agenda: ReturnType<typeof readAgenda>): When {
  const { hours } = agenda;
  const { startsAt, endsAt } = when;
  const day = startsAt.value?.slice(0, 10) as CivilDate | undefined;
  if (hours === null || day === undefined) return when;
  return {
    ...when,
    startsAt:
      startsAt.value?.length === 10
        ? {
            value: isoAt(day, hours.start),
            source: [...startsAt.source, ...derived(null, [hours.start.passage], 0).source],
            confidence: 0.6,
          }
        : startsAt,
    endsAt:
      endsAt.value === null
        ? {
            value: isoAt(day, hours.end),
            source: [...startsAt.source, ...derived(null, [hours.end.passage], 0).source],
            confidence: 0.7,
          }
        : endsAt,
  };
}

function titlePassage(head: readonly Item[], title: Leaf<string>): Passage | null {
  const [span] = title.source;
  if (span === undefined) return null;
  const rows = head.filter((item) =>
    item.body.at.some((at) => title.source.some(([from, to]) => at >= from && at < to)),
  );
  return rows.length === 0 ? null : join(rows.map((item) => item.body));
}

/** The classes of bridges: first as the composition has them, then what the sections on place and form name besides. */
function classesOf(
  body: readonly Item[],
  clauses: readonly DraftClause[],
  main: MainBridge | null,
): Leaf<BridgeClass>[] {
  const found = new Map<BridgeClass, Leaf<BridgeClass>>();
  const offer = (each: Leaf<BridgeClass>): void => {
    if (each.value === null) return;
    const known = found.get(each.value);
    if (known === undefined || known.confidence < each.confidence) found.set(each.value, each);
  };
  for (const clause of clauses) if (clause.bridgeClass.confidence >= 0.6) offer(clause.bridgeClass);
  for (const item of body) {
    if (
      !item.topics.some(
        (topic) => topic === 'place' || topic === 'format' || topic === 'time' || topic === 'composition',
      )
    )
      continue;
    if (item.topics.includes('duties') || item.topics.includes('purpose')) continue;
    // What a clause says of other bridges ("trừ các đồng chí ...") names no bridge of the plan.
    const passage = item.topics.includes('composition') ? item.label : item.body;
    if (passage === null) continue;
    for (const each of mentionedClasses(passage, main)) {
      if (!found.has(each.class)) offer(derived(each.class, [each.phrase], each.confidence * 0.93));
    }
  }
  return [...found.values()];
}

const CHAIR_RULE =
  /(?:phân công|cử|giao|bố trí|do)\s[^.;]{0,120}?(?:chủ trì|chủ tọa|điều hành)[^.;]{0,60}?(?:điểm cầu|hội nghị|phiên)|(?:chủ trì|chủ tọa)\s+(?:tại\s+)?(?:các\s+)?điểm cầu/iu;

/** Rules on who chairs that stand outside the composition: "Phân công một đồng chí lãnh đạo chủ trì tại điểm cầu ...". */
function chairRules(body: readonly Item[]): Leaf<string>[] {
  return body.flatMap((item) => {
    if (item.topics.includes('purpose')) return [];
    if (item.topics.includes('chair') && item.content !== null) {
      if (item.opens || item.body.text.length < 400) return [leaf(trimEnd(item.body), 0.88)];
      return [];
    }
    if (item.topics.length === 1 && item.topics[0] === 'composition') return [];
    return sentences(item.content ?? item.body).flatMap((sentence) => {
      const key = keyOf(sentence.text);
      if (
        !(CHAIR_RULE.test(sentence.text) || CHAIR_SENTENCE.test(sentence.text)) ||
        /\btru (?:cac|nhung)\b/.test(key) ||
        !/\bchu (?:tri|toa)\b/.test(key)
      )
        return [];
      return [leaf(trimEnd(sentence), item.topics.includes('duties') ? 0.92 : 0.75)];
    });
  });
}

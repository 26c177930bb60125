import type { SaidOnPage } from '../../../domain/personal/answer-form.ts';
import type { PersonalLink } from '../../../domain/personal/link.ts';
import { CivilDate } from '../../../domain/time.ts';
import type { PersonalContent, PersonalState } from '../../../server/personal/content.ts';
import type { PersonalParts } from '../../../server/personal/site.ts';
import { instant } from '../harness.ts';

export const INVITATION = '0190a5d2-ac96-774b-bcce-b302099a8057';

export const OPEN: Extract<PersonalState, { kind: 'open' }> = {
  kind: 'open',
  answer: null,
  substitute: null,
  mayAnswer: true,
};

/** As long as a pass is. */
export const CODE = `NC1${'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'.repeat(8)}`.slice(0, 180);

/** What the page of somebody at a commune shows. */
export function contentWith(more: Partial<PersonalContent> = {}): PersonalContent {
  return {
    kind: 'summons',
    conference: {
      title: 'Hội nghị toàn quốc học tập, quán triệt chuyên đề năm 2025',
      number: '25-KH/TƯ',
    },
    convenedBy: 'Đảng ủy xã Lũng Ữ',
    person: { name: 'Lò Thị Ổn', position: 'Bí thư Chi bộ xóm Đồng Ặng', unit: 'Xóm Đồng Ặng' },
    obligedSince: instant('2025-01-06T09:00:00+07:00'),
    session: {
      startsAt: instant('2025-01-13T08:00:00+07:00'),
      endsAt: instant('2025-01-13T11:30:00+07:00'),
      doorsAt: instant('2025-01-13T07:30:00+07:00'),
      calledOff: null,
      programme: [
        { title: 'Tuyên bố lý do, giới thiệu đại biểu', minutes: 5 },
        { title: 'Quán triệt chuyên đề', minutes: 120 },
        { title: 'Kết luận', minutes: null },
      ],
    },
    bridge: { name: 'Xã Lũng Ữ', address: 'Nhà văn hóa xã, xóm Bản Mới', venue: null },
    seat: { as: 'delegate', seatNumber: 'B12' },
    papers: [{ id: 'p1', name: '1. Chương trình Hội nghị.pdf', size: 320_000 }],
    pass: { code: CODE, until: CivilDate.parse('2025-03-14') },
    state: OPEN,
    ...more,
  };
}

/** A document of a text. */
const file = (type: string, filename: string, text: string) => ({
  type,
  filename,
  write: async (out: NodeJS.WritableStream) => void out.end(text),
});

/** Parts of a site with one invitation that stands as it is told to. */
export interface InvitedParts extends PersonalParts {
  shown: PersonalContent | null;
  edition: number;
  takesAnswers: boolean;
  readonly said: SaidOnPage[];
  openedTimes: number;
}

export function invitedParts(): InvitedParts {
  const isIt = ({ invitation, edition }: PersonalLink): boolean =>
    invitation === INVITATION && edition === parts.edition;
  const parts: InvitedParts = {
    shown: contentWith(),
    edition: 1,
    takesAnswers: true,
    said: [],
    openedTimes: 0,
    content: async (_, link) => (isIt(link) ? parts.shown : null),
    opened: async () => void (parts.openedTimes += 1),
    answer: async (_, __, said) => {
      if (!parts.takesAnswers) return { ok: false, reason: 'not now' };
      parts.said.push(said);
      const state = parts.shown?.state;
      if (parts.shown === null || state?.kind !== 'open') return { ok: true, value: null };
      const next: PersonalState =
        said.answer === 'substitute'
          ? { ...state, substitute: { name: said.substitute.name, state: 'proposed', reason: said.reason } }
          : {
              ...state,
              substitute: null,
              answer: said.answer === 'coming' ? 'coming' : { notComing: said.reason },
            };
      parts.shown = { ...parts.shown, state: next };
      return { ok: true, value: null };
    },
    calendar: async (_, link) =>
      isIt(link) ? file('text/calendar', 'Lịch họp.ics', 'BEGIN:VCALENDAR') : null,
    paper: async (_, link, paper) =>
      isIt(link) && paper === 'p1' ? file('application/pdf', 'Chương trình.pdf', '%PDF-1.7') : null,
  };
  return parts;
}

import { CivilDate } from '../../../domain/time.ts';

export const VIEWS = ['month', 'week', 'timeline', 'list'] as const;
export type View = (typeof VIEWS)[number];
export const REACHES = ['day', 'week', 'month', 'quarter'] as const;
export const LANES = ['conference', 'room', 'person'] as const;
export type Lanes = (typeof LANES)[number];

/** What a page of the schedule shows, as it stands in its address. */
export interface ScheduleSearch {
  readonly view?: View;
  readonly day?: string;
  /** How much time the timeline shows. */
  readonly reach?: (typeof REACHES)[number];
  readonly lanes?: Lanes;
  /** The session that is open. */
  readonly session?: string;
}

/** Reads the address; what it does not know is left out. */
export function scheduleSearch(search: Record<string, unknown>): ScheduleSearch {
  const view = oneOf(VIEWS, search['view']);
  const reach = oneOf(REACHES, search['reach']);
  const lanes = oneOf(LANES, search['lanes']);
  const day = CivilDate.safeParse(search['day']);
  const session = search['session'];
  return {
    ...(view !== undefined && { view }),
    ...(reach !== undefined && { reach }),
    ...(lanes !== undefined && { lanes }),
    ...(day.success && { day: day.data }),
    ...(typeof session === 'string' && { session }),
  };
}

/** Whom the page of those who were not there names: at no session or missing at one or more, of the bridge alone or below it too. */
export interface AbsenteesSearch {
  readonly missed?: (typeof MISSED)[number];
  readonly alone?: boolean;
}
export const MISSED = ['none', 'incomplete'] as const;

/** Reads the address; what it does not know is left out. */
export function absenteesSearch(search: Record<string, unknown>): AbsenteesSearch {
  const missed = oneOf(MISSED, search['missed']);
  return { ...(missed !== undefined && { missed }), ...(search['alone'] === true && { alone: true }) };
}

function oneOf<Known extends string>(known: readonly Known[], value: unknown): Known | undefined {
  return known.find((one) => one === value);
}

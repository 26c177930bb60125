/** The ways to look at who sits where. */
export const VIEWS = ['rooms', 'people', 'clauses', 'by-hand'] as const;
export type View = (typeof VIEWS)[number];

/** What an address says of the page: the view, and the bridge or clause that is open. */
export interface PlacementSearch {
  readonly view?: View;
  readonly bridge?: string;
  readonly clause?: string;
}

export function placementSearch(search: Record<string, unknown>): PlacementSearch {
  const view = VIEWS.find((one) => one === search['view']);
  const { bridge, clause } = search;
  return {
    ...(view === undefined ? {} : { view }),
    ...(typeof bridge === 'string' ? { bridge } : {}),
    ...(typeof clause === 'string' ? { clause } : {}),
  };
}

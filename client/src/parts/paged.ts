import {
  useInfiniteQuery,
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryOptions,
} from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

type Options<Answer> = UseInfiniteQueryOptions<
  Answer,
  Error,
  InfiniteData<Answer>,
  QueryKey,
  string | undefined
>;
type Kept<Answer> = Pick<
  Options<Answer>,
  'placeholderData' | 'refetchInterval' | 'refetchOnReconnect' | 'refetchOnWindowFocus' | 'staleTime'
>;

/**
 * A list that comes page by page: what is there of it, and how the next page is asked for, as the end of the list comes into sight or by
 * a `MoreButton`.
 *
 * @param ask asks for the page that goes on at a cursor; for the first without one
 */
export function usePaged<Item, Answer extends Page<Item> = Page<Item>>(
  queryKey: QueryKey,
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Answer & Page<Item>>,
  kept: Kept<Answer & Page<Item>> = {},
) {
  const list = useInfiniteQuery({
    ...kept,
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const { data, hasNextPage: hasMore, isFetchingNextPage: isFetchingMore, fetchNextPage } = list;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => {
    if (hasMore && !isFetchingMore) void fetchNextPage();
  }, [hasMore, isFetchingMore, fetchNextPage]);
  return { list, pages: data?.pages ?? [], first: data?.pages[0], items, more, hasMore, isFetchingMore };
}

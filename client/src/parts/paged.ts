import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';

interface Page<Item> {
  readonly items: readonly Item[];
}

/** A list that comes page by page: what is there of it, and how the next page is asked for as its end comes into sight. */
export function usePaged<Item>(list: UseInfiniteQueryResult<InfiniteData<Page<Item>>>) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { items: data?.pages.flatMap((page) => page.items) ?? [], more, hasMore: hasNextPage };
}

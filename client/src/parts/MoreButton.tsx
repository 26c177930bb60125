import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

/** Asks for the next page of a list; not there at its end. */
export function MoreButton({
  of: { more, hasMore, isFetchingMore },
  children,
}: {
  of: { readonly more: () => void; readonly hasMore: boolean; readonly isFetchingMore: boolean };
  children: ReactNode;
}) {
  return hasMore ? (
    <Button variant="default" my="sm" loading={isFetchingMore} onClick={more}>
      {children}
    </Button>
  ) : null;
}

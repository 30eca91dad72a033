/** How `useInfiniteQuery` goes through our lists: from the beginning, and on by the cursor that came with the page before. */
export const byCursor: {
  readonly initialPageParam: string | null;
  getNextPageParam(page: { readonly nextCursor: string | null }): string | null;
} = {
  initialPageParam: null,
  getNextPageParam: (page) => page.nextCursor,
};

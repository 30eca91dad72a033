/** How a list goes on after what is shown, as `useInfiniteQuery` tells it. */
interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/** The way on through a list that comes in pages; nothing at its end. `waiting` is on the button while a page comes. */
export function ShowMore({ pages, waiting = 'Show more' }: { pages: Pages; waiting?: string }) {
  if (!pages.hasNextPage) return null;
  return (
    <div className="buttons">
      <button
        type="button"
        className="button"
        onClick={() => pages.fetchNextPage()}
        disabled={pages.isFetchingNextPage}
      >
        {pages.isFetchingNextPage ? waiting : 'Show more'}
      </button>
    </div>
  );
}

/** Mark and name of the product. */
export function Logo() {
  return (
    <span className="logo">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="9" className="logo-plate" />
        <path d="M9 16.5l5 5L23.5 11" className="logo-tick" />
      </svg>
      Todo assistant
    </span>
  );
}

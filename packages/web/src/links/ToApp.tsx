/** The way on from a link's page. */
export function ToApp() {
  return (
    <p className="onward">
      <a href="/">Go to the assistant</a>
    </p>
  );
}

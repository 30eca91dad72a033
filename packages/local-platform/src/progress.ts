/** Shows a person what is going on and how long it took. Steps may run side by side. */
export interface ProgressReporter {
  /**
   * Runs one piece of work under a label. `detail` replaces the text beside the label while the work lasts.
   * A failure is shown as such and thrown on.
   */
  step<T>(label: string, run: (detail: (text: string) => void) => Promise<T>): Promise<T>;
}

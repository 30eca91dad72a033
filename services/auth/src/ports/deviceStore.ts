/** Browsers that signed in before (AUTH-7). */
export interface DeviceStore {
  /** Id of the person's device with this token; null when there is none. */
  find(options: { readonly userId: string; readonly tokenHash: Uint8Array<ArrayBuffer> }): Promise<string | null>;
}

/**
 * A DataView of the bytes that are being read, for comparing four of them at a time. Logs are read from the same array
 * for thousands of lines, so it is made anew only when the array is another one.
 */
export class ByteView {
  private viewed: Uint8Array = new Uint8Array(0);
  private view = new DataView(this.viewed.buffer);

  /** A view with the same positions as the array. */
  of(bytes: Uint8Array): DataView {
    if (bytes !== this.viewed) {
      this.viewed = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.view;
  }
}

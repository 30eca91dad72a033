/** Object ids of element types, which are the same in every PostgreSQL (src/include/catalog/pg_type.dat). */
const byteaOid = 17;
const textOid = 25;
const int32Bytes = 4;
/** What stands before the elements of an array of one dimension: dimensions, null flag, element type, size, first index. */
const headerBytes = 5 * int32Bytes;

/**
 * Bytes as an array that PostgreSQL takes in binary. `pg` hands a Buffer over as it is, but writes an array as text, with the bytes as
 * hexadecimal digits; the insertion of entries spent a third of its time on that.
 */
export function byteaArray(values: readonly Buffer[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + int32Bytes + value.length, headerBytes);
  const array = Buffer.allocUnsafe(bytes);
  let place = writeHeader(array, { elementType: byteaOid, size: values.length });
  for (const value of values) {
    place = array.writeInt32BE(value.length, place);
    place += value.copy(array, place);
  }
  return array;
}

/** Like {@link byteaArray}, of texts. */
export function textArray(values: readonly (string | null)[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + int32Bytes + Buffer.byteLength(value ?? ''), headerBytes);
  const array = Buffer.allocUnsafe(bytes);
  let place = writeHeader(array, { elementType: textOid, size: values.length });
  for (const value of values) {
    const lengthAt = place;
    place += int32Bytes;
    // The length of null is -1.
    const length = value === null ? -1 : array.write(value, place);
    array.writeInt32BE(length, lengthAt);
    place += Math.max(0, length);
  }
  return array;
}

/** @returns where the first element begins. */
function writeHeader(array: Buffer, { elementType, size }: { elementType: number; size: number }): number {
  // PostgreSQL looks for nulls itself, whatever the flag says.
  const [dimensions, hasNull, firstIndex] = [1, 0, 1];
  let place = 0;
  for (const number of [dimensions, hasNull, elementType, size, firstIndex]) place = array.writeInt32BE(number, place);
  return place;
}

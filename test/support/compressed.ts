import { deflateRawSync, crc32, gzipSync } from 'node:zlib';
import type { Compression } from '../../src/node/files/compression';

/** What {@link REPETITIVE} and {@link SHORT} hold. */
export const REPETITIVE_TEXT = 'a line of a log\n'.repeat(400_000);
export const SHORT_TEXT = Array.from(
  { length: 100 },
  (_, i) => `2026-11-30 12:00:${String(i % 60).padStart(2, '0')} INFO worker-${i % 7} took ${(i * 7919) % 1000} ms\n`,
).join('');

/** As gzip and the programs zstd, xz and bzip2 compress it, each with its checksum. */
export const REPETITIVE: Readonly<Record<Compression, Buffer>> = {
  gzip: gzipSync(REPETITIVE_TEXT),
  zstd: Buffer.from(
    'KLUv/QRoxAAAgGEgbGluZSBvZiBhIGxvZwoBANr/J59LVAAAAAEA/f/z/7kGAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9' +
      '/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAAB' +
      'AP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAA' +
      'AAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJE' +
      'AAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkA' +
      'AkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/' +
      'OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRAAAAAEA' +
      '/f85AAJEAAAAAQD9/zkAAkQAAAABAP3/OQACRQAAAAEA/ac5AAKPD5FC',
    'base64',
  ),
  xz: Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj//8gAXxdADCICYbUH0W4I4/1N3mRfkSCZGQAZZGXmNQVY4zNIcmdXqUM+8kwOR99KRK+' +
      'YudVcwPbIXRadrp77GWFcP6daEs9h3FOdaZ29MxeP2RJJuWVlz+RFSLidqCL18txFG05joW9VPBg/z8xJdoMsuLS5Eb2VPCIdSww' +
      '28JQVJEilwYDX8lwOxTAMjeYpRUBpeijCSrsqv9aJqxyDBaSp745jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/E' +
      'JVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1' +
      'O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6x' +
      'JxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBBBz2Cn/8QASsA7HNTp/2+rnwxGp+3jTFucJ6nI1/sKMuF0ZWYin4qkfIn' +
      'dfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC' +
      '+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVP49ZE2MQWlsO5v' +
      'wXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+S2ZC' +
      'kBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVEPP7Kf/xABKwDsc1On/b6ufDEan7eNMW5wnqcjX+woy4XRlZiK' +
      'fiqR8id19xnABphNmP3Yr9WQD8QlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0' +
      'zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYx' +
      'BaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+q' +
      'Dz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlUQ8/soGqvAAVAOxzU6f9vq58MRqft40xbll+pzQAAAAA' +
      'AAD0iSguK9dM1QABlQiA0IYDkPWOKrHEZ/sCAAAAAARZWg==',
    'base64',
  ),
  bzip2: Buffer.from(
    'QlpoOTFBWSZTWcPOZScCkyrRAAAQQAAjpbAAsBADATVUyeoaEAMMqEImKEIncoQiYoQiZlQhE91UIRPlCETioQibUIRNyhCJxQhE' +
      '6UIRNVCET8xQVkmU1kYXHHaBm/qUQAAEEAAI6WwALAQAwE1VNNqGhADDFCETKhCJtUIRMUIRNbUIRMqEInyhCJyUIROKEInaoQic' +
      'UIROpCETVQhE/MUFZJlNZSRD1rAMBBtEAABBAACOlsACwEAMBNVIeoYQAwxQhEyoQiZkoQiaqEInihCJihCJ+oQibVCETahCJ3KE' +
      'Im1CETVQhE6UIROGKCskymssdK5iwMBBuiAAAggABHS2ABYCAGAmqobUMIAYYoQiYoQialCETKhCJpQhExQhE/qEIm5QhE2oQieS' +
      'hCJtQhE6qEInahCJwxQVkmU1nMaG33BZQxUQAAEEAAI6WwALAQAwE1VDahhADDFCETFCETSoQiYoQiaqEImKEInX6hCJuUIRN1CE' +
      'TSoQie7qEInahCJ4oQicMUFZJlNZyd8OsgFJlNEAABBAACOlsACwEAMBNVTR6RoQAwyoQiYoQieVCETnShCJtQhEyoQibUIROKEI' +
      'mKhCJxQhE7lCETihCJrShCJ1UIRPzFBWSZTWaGo8eID3MBRAAAQQAAjpbAAuAgBgQAwE1UjahpihCJihCJtUIRMUIRNqEImKEIny' +
      'hCJxQhEzVQhE4oQibVCETihCJpQhE6qEIn5igrJMprOgU7KiAGHJogAAIIAAR0tAARIKVQeiMFKkGT1MoqCxFQXpFQXmIqC0ioL1' +
      'FQXyKgskVBYioLuRUFiKgtIqC7oqC4LuSKcKEgfkAc0g',
    'base64',
  ),
};

export const SHORT: Readonly<Record<Compression, Buffer>> = {
  gzip: gzipSync(SHORT_TEXT),
  zstd: Buffer.from(
    'KLUv/QRo7Q0AVqFFF6Cp0AGAUWshwDm3E3ZvKZNMCXVQh9URSQA6ADsA8xlLHqU6iuJIQsYZNPYdwqEMWshqR28Ke6SGJ/r4T0Uz' +
      '9bKFRTs4SAFYQDjI4SAhgeEgUzA4UEhoOBQIEAwcRAJEAsqDeOSo0rO5vfF0w3MzLpsi2lB9M2LmDgt3FpyJMk9prj/LzCzGc73z' +
      'iatLVgpah/haY9Z7NbuyXEdlFaaV5mPCI7HjlKMtI4cmYz6pz+TkiasTCk6GkEkNmvyT4Uxa7+LuwtxpZJ/TXvouNbso7yS6f3C3' +
      'bEjaDH5TDQALCAeKwZlkHtLcfhbPLOyZpvOcc0lmFs2jvpaY9cOru5JcB2Wt0np/9czaexXqKIgjlYwjaOz4acaBKagRsPHr/xnB' +
      'L60BEWiFtUIJ5QOWOqG9zJqaGjU1NWtqamw5a9mtZ3rUTIuOjh4dHT1axYyOeW0qG9rLrKmpUVNTs6amxhY9m4WOHh0dPTo6enR0' +
      'r7Ot8Xm2PM1WbGzs2NjYsSrMZsxXpiChPezY2FixsbFjY2Nt2KGsz6ZGTU2NmpoaNTW+nGmWkWFdbkIYDIbBMBgMhsEwmJuJsQTJ' +
      '+Zy/Csv0E8Y=',
    'base64',
  ),
  xz: Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4BHpAghdABkMApKyqWYUhcrwnFw9tSixFu9hsQuri5J9OAb8pU0ba9WLxtrpzhck79vR' +
      '8msvbpIQg38fiesnTwEXNI/H2XhpxT4cv3fC2FuYRWuBLw5MNUXqbLGTFe6lgGK7JBMKxDOtX4472qRxfmfvB5I9+qcIv9bgX7rQ' +
      '0DYu1G/RSlY5mKnFdOkA3z0DEfoVN2RZa0S3OhhOdRw1rGaaw6hcXngWw414cn1WSvCDWWDYbz7lHl2ro4zOEmhTPZkCfWebpzbK' +
      'FHKsyyFfZuzmUO8cKAaFh5tIH2fU/erQ+OubfNhwbgsTTFTBZiEfI2xkWJdC59J7HNye67Rpnqm9c7Ab7MvyXnTxaqAfarCoDghX' +
      'yk3oTNv55ZagzGuym6Xmp34EGzTCFGFYQbLT3aFeX0OXbj/UlYoDqKPHoS/uDehfynLMdV+iYjCXB+uo8sS3lmrXolWjpYWR4Esd' +
      'dosyJqBDX047k+Cu2l5sd/Ti2T6UyZ1guDI5hgLcLcXv0kQBZYlIHZIyvxYvCSWZILHID2HQUH2zFCJ/IdOrWXtyR98iH0Hdoz2J' +
      'FuM0GV5ryn5YiMmXFUQI5NjCECnf5mO48oj81MUO6AlX80W38ia98grgpBnwYtJtz1umLdleOPRCR4rI2RTOgwNyG4+qw/ROu7HG' +
      'OwS81OyRB+iDgsejPQ6Glp+05yMIXWk83wAAxMP5+xx7C0QAAaQE6iMAAAB4kTexxGf7AgAAAAAEWVo=',
    'base64',
  ),
  bzip2: Buffer.from(
    'QlpoOTFBWSZTWe+otBcAA6ndgAAQQAJ/8AEhggqcgEAC3ZlldTUYEqpN+k1J//qqkNANANTMg1KaoNGE0GjTUqfsFSAABUo0ITIi' +
      'PKPTT2QnoyQlgS3btv4x379eNWxt441rWs44xrbdd7st5t5aeuqWJS83YazL3Fd6Nayt24u9zXWq3bzMzVit0KGBjBg0MMMMMMJJ' +
      'JJJJJJJJJJJIAAA8c4azNZxvN5nGcbzW9WuZg1asmzdmyaNWbJNKhcmUpo1ZsmjVnVVms21WsaxrGsVqqzVeSE9pJRCWJKISyIyQ' +
      'm1bVffG98fVX66zt1z2+5J/BEqA8A4ByQLgGAJgdgb4BwDl2SyUr6VtPfnfjmSbkJy46u1khKUzchLur3cXEJwoBCca4tNKudmIS' +
      'Xa73Nmq0M2jPYBiXa73d7ruLMUuxZjchLucy61mL9iA3NnsK4UHZS52b8eAwDNozgIdxhI6SHcQWIhxTjqYhXzYlJYoPEsrt7oZs' +
      'zT0nXR5KhRq5LhGVPZz14kVi13Xnm6/BznnYvwTpKdQxTl6IMOWmMzMShCam6rbvQzOAwHHtwBM9IwyDB9FudWI9tY79Y3vQo0yD' +
      '2cgEyDGrNxSl3tbV5ePuz0MyB2ZAnJEdW96ZSlUXd9fXPXANT2ATIMZ0QBwDkDgnohKIT0QnohPJCeyE8kJkhLkJ+EJ8IT8ISiE+' +
      'EJkQn6LuSKcKEh31FoLg',
    'base64',
  ),
};

/** A file of a zip archive, as {@link zipOf} writes it. */
export interface ZippedFile {
  name: string;
  content: string | Uint8Array;
  /** Deflated if left out. */
  stored?: boolean;
  /** What the archive says of it in place of what is so. */
  claims?: { size?: number; checksum?: number; flags?: number; method?: number };
}

/** A zip archive. */
export function zipOf(files: readonly ZippedFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, claims = {} } of files) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(claims.flags ?? 0, 2);
    fields.writeUInt16LE(claims.method ?? (stored ? 0 : 8), 4);
    fields.writeUInt32LE(claims.checksum ?? crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claims.size ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, rest, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06'), end]);
}

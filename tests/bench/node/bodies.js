// The streams that decoders are measured on: the same bytes as in ../peers/src/bodies.rs.

const CHUNK = 16 * 1024;
const TEXT = "The quick brown fox jumps over the lazy dog. ";

function padded(number, size) {
  const start = `data: {"number":${number},"text":"`;
  const filling = Math.max(0, size - 4 - start.length);
  return start + TEXT.repeat(Math.ceil(filling / TEXT.length)).slice(0, filling) + '"}\n\n';
}

const fields = (number) =>
  `event: update\nid: ${number}\ndata: {"number":${number},"host":"db-3","text":"${TEXT.trim()}"}\n\n`;

const COLUMNS = {
  small: [(number) => padded(number, 100), 1_000_000, CHUNK],
  fields: [fields, 1_000_000, CHUNK],
  large: [(number) => padded(number, 10_000), 1_000_000, CHUNK],
  line: [(number) => padded(number, 10_000_000), 10_000_000, CHUNK],
  trickle: [(number) => padded(number, 100), 100_000, 1],
};

export function chunks(column) {
  const [event, size, chunk] = COLUMNS[column];
  let body = "";
  for (let number = 0; body.length < size; number += 1) body += event(number);
  const bytes = Buffer.from(body);
  const cut = [];
  for (let at = 0; at < bytes.length; at += chunk) cut.push(bytes.subarray(at, at + chunk));
  return { cut, length: bytes.length };
}

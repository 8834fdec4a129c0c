import { CATALOGUE } from './catalogue';
import { Chronology } from './chronology';
import type { DetectedFormat } from './detection';
import { EntryReader } from './entryReader';
import { ExpressionHeader } from './expressionHeader';
import { FormatReader } from './formatReader';
import { quoted } from '../patterns/boundedPattern';
import type { LineWatch } from '../patterns/lineWatch';
import { CUSTOM_FORMAT, NotationHeader } from './notationHeader';
import type { HeaderReader } from './recordHeader';

/** A log format that a user names and nobody knows; the message says what there is. */
export class UnknownFormatError extends Error {}

/**
 * The format that a user asks for in place of the detected one: the name of an entry of the catalogue, a header in
 * LogPAI's notation (`<Date> <Time> <Level> <Component>: <Content>`), or a regular expression with named groups.
 * @throws UnknownFormatError if it is none of them
 * @throws HeaderFormatError if the notation cannot be used
 * @throws ExpressionHeaderError if the expression cannot be used
 */
export function chosenFormat(choice: string): DetectedFormat {
  const entry = CATALOGUE.find(({ name }) => name === choice);
  if (entry !== undefined) {
    return choose(
      entry.name,
      entry.title,
      (chronology) => new EntryReader(entry, chronology),
      entry.multiline === true,
      entry.loose === true,
    );
  }
  if (/<Content>/.test(choice)) {
    return choose(CUSTOM_FORMAT, choice, (chronology) => new NotationHeader({ header: choice }, chronology));
  }
  if (/\(\?P?</.test(choice)) {
    return choose(CUSTOM_FORMAT, choice, (chronology, watch) => new ExpressionHeader(choice, chronology, watch));
  }
  throw new UnknownFormatError(
    `The log format ${quoted(choice)} is not known; give a pattern with <Content>, a regular expression with (?<content>…), or one of ${CATALOGUE.map(({ name }) => name).join(', ')}.`,
  );
}

function choose(
  name: string,
  title: string,
  make: (chronology: Chronology, watch?: LineWatch) => HeaderReader,
  multiline = false,
  loose = false,
): DetectedFormat {
  // Made once at once, so that what cannot be used is said here.
  make(new Chronology());
  return {
    formats: [{ name, title, share: 1 }],
    reader: (year, watch) => {
      const chronology = new Chronology(year);
      return new FormatReader(chronology, [make(chronology, watch)], { multiline, loose, console: loose });
    },
  };
}

import { UserError } from '../errors/userError';
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

/**
 * The format that a user asks for in place of the detected one: the name of an entry of the catalogue, a header in
 * LogPAI's notation (`<Date> <Time> <Level> <Component>: <Content>`), or a regular expression with named groups.
 * @throws UserError if it is none of them, or the notation or expression cannot be used
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
      entry.json !== undefined,
    );
  }
  if (/<Content>/.test(choice)) {
    return choose(CUSTOM_FORMAT, choice, (chronology) => new NotationHeader({ header: choice }, chronology));
  }
  if (/\(\?P?</.test(choice)) {
    return choose(CUSTOM_FORMAT, choice, (chronology, watch) => new ExpressionHeader(choice, chronology, watch));
  }
  throw new UserError('log-format-unknown', {
    format: quoted(choice),
    names: CATALOGUE.map(({ name }) => name).join(', '),
  });
}

function choose(
  name: string,
  title: string,
  make: (chronology: Chronology, watch?: LineWatch) => HeaderReader,
  multiline = false,
  loose = false,
  objects = false,
): DetectedFormat {
  // Made once at once, so that what cannot be used is said here.
  make(new Chronology());
  return {
    formats: [{ name, title, share: 1 }],
    reader: (year, watch) => {
      const chronology = new Chronology(year);
      return new FormatReader(chronology, [make(chronology, watch)], {
        multiline,
        loose,
        margin: 0,
        objects,
        console: loose,
      });
    },
  };
}

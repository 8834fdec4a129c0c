import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DATA } from '../anylog/dataSets';

/** A log statement of a program's source with the level that its authors gave it. */
export interface Statement {
  project: string;
  text: string;
  /** 1 for an error or worse, 0.5 for a warning, 0 for less; the mean where a project has the text at several levels. */
  trouble: number;
}

/** A project with fewer statements of either kind cannot be ranked. */
const FEWEST = 10;
/** Statements taken of a project, evenly spaced: projects count alike, so that more would only cost time. */
const MOST = 1500;

/** The folders that a program's arguments name; without any, that of the shared data. */
export function statementFolders(named: readonly string[]): readonly string[] {
  return named.length > 0 ? named : [path.join(DATA, 'statements')];
}

/**
 * The statements of all `*.json` files of some folders, each text once for each project, by the names of the projects.
 * A file is a list of `[project, level, text]`: level 0 debug, 1 info, 2 warning, 3 error and above; `<*>` is a value.
 */
export function readStatements(folders: readonly string[]): Map<string, Statement[]> {
  const levels = new Map<string, Map<string, number[]>>();
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const rows = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as [string, number, string][];
      for (const [project, level, text] of rows) {
        const texts = levels.get(project) ?? new Map<string, number[]>();
        levels.set(project, texts);
        const known = texts.get(text) ?? [];
        texts.set(text, known);
        known.push(Math.max(0, level - 1) / 2);
      }
    }
  }
  const projects = [...levels].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    projects
      .map(([project, texts]): [string, Statement[]] => [
        project,
        [...texts].map(([text, found]) => ({
          project,
          text,
          trouble: found.reduce((sum, trouble) => sum + trouble, 0) / found.length,
        })),
      ])
      .filter(([, statements]) => {
        const grave = statements.filter(({ trouble }) => trouble > 0.5).length;
        const harmless = statements.filter(({ trouble }) => trouble < 0.5).length;
        return Math.min(grave, harmless) >= FEWEST;
      })
      .map(([project, statements]) => [project, evenlySpaced(statements)]),
  );
}

function evenlySpaced(statements: readonly Statement[]): Statement[] {
  const step = Math.max(1, statements.length / MOST);
  return Array.from({ length: Math.min(MOST, statements.length) }, (_, i) => statements[Math.floor(i * step)]);
}

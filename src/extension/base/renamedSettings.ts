import { formerNamesOf, SCAN_OPTION_NAMES } from '../../node/settings/options';
import type { SettingsSource } from './settings';
import type { Translate } from './translate';

/** Tells once of each setting that is set under a name that it no longer has. */
export class RenamedSettings {
  private readonly reported = new Set<string>();

  constructor(
    private readonly warn: (message: string) => void,
    private readonly t: Translate,
  ) {}

  /** Looks for such settings, wherever they are set. */
  tell(source: SettingsSource): void {
    for (const name of SCAN_OPTION_NAMES) {
      for (const former of formerNamesOf(name)) {
        if (!this.reported.has(former) && isSet(source, former)) {
          this.reported.add(former);
          this.warn(
            this.t(
              'The setting logcnn.{0} is now called logcnn.{1} and is not used; rename it in your settings.',
              former,
              name,
            ),
          );
        }
      }
    }
  }
}

function isSet(source: SettingsSource, key: string): boolean {
  const { globalValue, workspaceValue, workspaceFolderValue } = source.inspect(key) ?? {};
  return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
}

import { compileSessionPattern } from '../blocks/sessionKey';
import { LineWatch } from '../patterns/lineWatch';
import { FrozenDrain } from '../templates/drain';
import { FrozenEvents } from '../templates/eventSource';
import { WildcardMatcher } from '../templates/wildcardMatcher';
import type { LogReading } from './modelLog';
import type { Profile } from '../model/profile';

/**
 * How a model reads logs: with its format and its frozen templates.
 * @param sessionKey in place of the model's own
 * @param watch stands beside the lines
 * @throws UserError if a pattern cannot be used
 */
export function frozenReading(profile: Profile, sessionKey = profile.sessionKey, watch = new LineWatch()): LogReading {
  const templates = profile.templates.map(({ template }) => template);
  return {
    format: profile.format,
    sessionKey: compileSessionPattern(sessionKey, watch),
    events: new FrozenEvents(
      profile.matching === 'wildcard' ? new WildcardMatcher(templates, watch) : new FrozenDrain(templates, watch),
    ),
    watch,
  };
}

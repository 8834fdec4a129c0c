import { CONFIG_MESSAGES } from './configMessages';
import { FILE_MESSAGES } from './fileMessages';
import { MAP_REDUCE_MESSAGES } from './mapReduceMessages';
import { MODEL_MESSAGES } from './modelMessages';
import { RUNTIME_MESSAGES } from './runtimeMessages';
import { SCAN_MESSAGES } from './scanMessages';
import { SETTING_MESSAGES } from './settingMessages';
import { TABLE_MESSAGES } from './tableMessages';
import { TRAINING_MESSAGES } from './trainingMessages';

/** The messages that the editor may show: they are translated. */
export const EDITOR_MESSAGES = {
  ...FILE_MESSAGES,
  ...SETTING_MESSAGES,
  ...CONFIG_MESSAGES,
  ...SCAN_MESSAGES,
  ...MODEL_MESSAGES,
  ...RUNTIME_MESSAGES,
} as const;

/**
 * All messages for users by their codes: one sentence each, which says what is wrong, where, and what to do, or some words that
 * stand within one. A name in braces is a parameter, so braces stand for nothing else.
 */
export const MESSAGES = {
  ...EDITOR_MESSAGES,
  ...TABLE_MESSAGES,
  ...TRAINING_MESSAGES,
  ...MAP_REDUCE_MESSAGES,
} as const;

/** The code of a message. */
export type MessageCode = keyof typeof MESSAGES;

/** The names of a message's parameters. */
type Names<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** What fills a parameter: a text or a number as it is, or a message of its own. */
export type Parameter = string | number | UserMessage;

/** The parameters of a message, each exactly once. */
export type ParametersOf<Code extends MessageCode> = Readonly<Record<Names<(typeof MESSAGES)[Code]>, Parameter>>;

/** The parameters as the last argument of a function; none where the message has none. */
export type ParameterArguments<Code extends MessageCode> = [Names<(typeof MESSAGES)[Code]>] extends [never]
  ? []
  : [params: ParametersOf<Code>];

/** A message to a user in no language yet. It is plain data, so that it can be posted to another thread. */
export interface UserMessage {
  code: MessageCode;
  params: Readonly<Record<string, Parameter>>;
}

/** A message of this code; its parameters are those of its sentence. */
export function messageOf<Code extends MessageCode>(code: Code, ...[params]: ParameterArguments<Code>): UserMessage {
  return { code, params: params ?? {} };
}

/**
 * The text of a message. What fills a parameter is put in once and not looked at again, so braces in a path or a log stay as
 * they are; its control characters do too, whoever shows the text escapes them.
 * @param translate gives an English sentence in the user's language, with its parameters; English if left out
 */
export function textOf({ code, params }: UserMessage, translate = (sentence: string) => sentence): string {
  return translate(MESSAGES[code]).replace(/\{(\w+)\}/g, (braces, name: string) => {
    if (!Object.hasOwn(params, name)) {
      return braces;
    }
    const value = params[name];
    return typeof value === 'object' ? textOf(value, translate) : String(value);
  });
}

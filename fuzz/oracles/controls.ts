/**
 * What a terminal obeys or a reader does not see as it is: control characters of C0 and C1 but TAB and line ends, and those
 * that change the direction of text (Unicode, UAX #9).
 */
export const CONTROL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

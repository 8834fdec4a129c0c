/** Marks the lines of the suite inside VS Code, whose console holds much else. */
export const suiteLinePrefix = '[test] ';

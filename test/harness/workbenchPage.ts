import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Milliseconds for something that the workbench shows in the end; generous, because it is only waited for in full when it fails. */
const patience = 30_000;

/** What a person sees and does in VS Code, in terms of this extension. The selectors are those of the workbench. */
export class WorkbenchPage {
  readonly #page: Page;
  readonly #menu: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#page.setDefaultTimeout(patience);
    this.#menu = page.locator('.context-view .monaco-menu, .monaco-menu-container .monaco-menu').last();
  }

  /** Opens a workbench and waits until the extension's contributions are there; the Explorer is seconds earlier. */
  async open(address: string): Promise<void> {
    await this.#page.goto(address);
    await this.activityIcon().waitFor();
    await this.#page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** The extension's icon in the activity bar. */
  activityIcon(): Locator {
    return this.#page.locator('.activitybar .action-item', { has: this.#page.locator('[aria-label^="LogCNN"]') });
  }

  /** The number on the extension's icon. */
  badge(): Locator {
    return this.activityIcon().locator('.badge-content');
  }

  /** A file in the Explorer. */
  explorerRow(name: string): Locator {
    return this.#page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** Shows the Explorer. */
  async showExplorer(): Promise<void> {
    await this.press('Control+Shift+KeyE');
    await this.#page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Opens a file with a double click in the Explorer. */
  async openFile(name: string): Promise<void> {
    await this.showExplorer();
    await this.explorerRow(name).dblclick();
    await this.tab(name).waitFor();
  }

  /** The tab of an open editor. */
  tab(name: string): Locator {
    return this.#page.locator(`.tabs-container .tab[data-resource-name="${name}"]`);
  }

  /** Opens the same folder once more, as a reload of the window does. */
  async reload(): Promise<void> {
    await this.open(this.#page.url());
  }

  /** Right-clicks something and gives the entries of the menu that opens. */
  async contextMenu(target: Locator): Promise<string[]> {
    await target.click({ button: 'right' });
    await this.#menu.waitFor();
    return (await this.#menu.locator('.action-item .action-label').allInnerTexts()).filter((label) => label !== '');
  }

  /** Right-clicks something and gives the entries of the extension's own menu; none if there is no such menu. */
  async ownMenu(target: Locator): Promise<string[]> {
    const entries = await this.contextMenu(target);
    if (!entries.includes('LogCNN')) return [];
    await this.openSubmenu();
    const all = await this.#menu.locator('.action-item .action-label').allInnerTexts();
    return all.filter((label) => label !== '' && !entries.includes(label));
  }

  /** Opens the extension's own menu, where the menu that is open has it. */
  private async openSubmenu(): Promise<void> {
    const own = this.#menu.locator('.action-item').filter({ has: this.#page.getByText('LogCNN', { exact: true }) });
    if (await own.isVisible()) {
      await own.hover({ timeout: 5_000 });
      await this.#page.locator('.monaco-submenu .action-item').first().waitFor({ timeout: 5_000 });
    }
  }

  /** Right-clicks something and chooses an entry of its menu; once more if the menu closes meanwhile or ignores the click. */
  async chooseFromMenu(target: Locator, label: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.contextMenu(target);
      try {
        await this.openSubmenu();
        const entry = this.#menu.locator('.action-item').filter({ hasText: label }).last();
        await entry.hover({ timeout: 5_000 });
        await entry.click({ timeout: 5_000 });
        // A menu that stays has not taken the click: it was not yet ready for it.
        await this.#menu.waitFor({ state: 'hidden', timeout: 5_000 });
        return;
      } catch (error) {
        if (attempt === 3) throw error;
        // A submenu closes first, then its menu.
        await this.press('Escape');
        await this.press('Escape');
      }
    }
  }

  /** Right-clicks files in the Explorer, all selected, and scans them. */
  async scanFromExplorer(...names: string[]): Promise<void> {
    await this.chooseFromExplorer('Scan Log for Anomalies', ...names);
  }

  /** Selects files in the Explorer, right-clicks the first of them and chooses an entry of the menu. */
  async chooseFromExplorer(entry: string, ...names: string[]): Promise<void> {
    await this.showExplorer();
    const rows = names.map((name) => this.explorerRow(name));
    const [first, ...others] = rows;
    if (first === undefined) throw new Error('Name at least one file.');
    if (others.length > 0) await first.click();
    for (const row of others) await row.click({ modifiers: ['Control'] });
    await this.chooseFromMenu(first, entry);
  }

  /** The entries of the list that VS Code asks a question with. */
  choices(): Locator {
    return this.#page.locator('.quick-input-widget .quick-input-list .monaco-list-row');
  }

  /** Chooses an entry of that list, or ticks it where several can be chosen. */
  async choose(label: string): Promise<void> {
    // The list grows after it is there; what it is filtered for alone keeps its place under the pointer.
    await this.choices().first().waitFor();
    await this.#page.locator('.quick-input-widget .quick-input-filter input[type="text"]').fill(label);
    await this.choices().nth(1).waitFor({ state: 'detached' });
    await this.choices()
      .filter({ has: this.#page.locator('.label-name').getByText(label, { exact: true }) })
      .click();
  }

  /** Confirms the ticked entries of that list. */
  async confirmChoices(): Promise<void> {
    await this.#page.locator('.quick-input-widget .quick-input-action').getByText('OK', { exact: true }).click();
  }

  /** Runs a command of the palette by its title. */
  async runCommand(title: string): Promise<void> {
    await this.press('F1');
    await this.#page.locator('.quick-input-widget input').fill(`>${title}`);
    await this.#page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  }

  /** Puts the cursor of the active editor on a line, by way of the quick input so that no key can miss it. */
  async goToLine(line: number): Promise<void> {
    await this.press('F1');
    const input = this.#page.locator('.quick-input-widget input');
    await input.fill(`:${line}`);
    await input.press('Enter');
    await this.waitForCursorLine(line);
  }

  /** The rows of the results view, as far as they are in sight. */
  treeRows(): Locator {
    return this.#page.locator('.pane-body .customview-tree .monaco-list-row');
  }

  /** A row of the results view by its label: a file's name, a block id, a line number. */
  treeRow(label: string): Locator {
    return this.treeRows().filter({ has: this.#page.locator('.label-name').getByText(label, { exact: true }) });
  }

  /** The row of a finding: by the name of its session, or by words of its message. */
  findingRow(text: string | RegExp): Locator {
    const words = typeof text === 'string' ? new RegExp(`${text}(?![\\w-])`) : text;
    return this.#page
      .locator('.pane-body .customview-tree .monaco-list-row:is([aria-level="2"], [aria-level="3"])')
      .filter({ has: this.#page.locator('.monaco-tl-twistie.collapsible') })
      .filter({ hasText: words });
  }

  /** Shows the results view. */
  async showResults(): Promise<void> {
    const view = this.#page.locator('.sidebar .composite.title').filter({ hasText: 'LogCNN' });
    if (!(await view.isVisible())) await this.activityIcon().click();
    await view.waitFor();
  }

  /** Makes the results view wider by so many pixels. */
  async widenResults(pixels: number): Promise<void> {
    const box = await this.#page.locator('.part.sidebar').boundingBox();
    if (!box) throw new Error('The side bar is not shown.');
    const [x, y] = [box.x + box.width, box.y + box.height / 2];
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(x + pixels, y, { steps: 5 });
    await this.#page.mouse.up();
    await this.#page.mouse.move(0, 0);
  }

  /** Opens or closes a row of the results view. */
  async toggle(row: Locator): Promise<void> {
    await row.locator('.monaco-tl-twistie').click();
  }

  /** Opens a row of the results view unless it opens by itself. */
  async expand(row: Locator): Promise<void> {
    const open = row.and(this.#page.locator('[aria-expanded="true"]'));
    await open.waitFor({ timeout: 2_000 }).catch(() => this.toggle(row));
    await open.waitFor();
  }

  /** What a row of the results view tells where the pointer rests on it. */
  async tooltip(row: Locator): Promise<string> {
    await row.hover();
    // Its text comes from the extension; meanwhile the workbench says that it is loading.
    const hover = this.#page.locator('.workbench-hover-container .monaco-hover').filter({ hasNotText: 'Loading...' });
    await hover.waitFor();
    const text = await hover.innerText();
    await this.#page.mouse.move(0, 0);
    return text;
  }

  /** The page of the timeline, as far as it is shown. */
  timeline(): FrameLocator {
    return this.#page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Drags from one place to another, given in shares of the width of something. */
  async dragAcross(target: Locator, from: number, to: number): Promise<void> {
    const box = await target.boundingBox();
    if (!box) throw new Error('What is dragged over is not shown.');
    const y = box.y + box.height / 3;
    await this.#page.mouse.move(box.x + from * box.width, y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(box.x + to * box.width, y, { steps: 5 });
    await this.#page.mouse.up();
  }

  /** The text that the empty results view shows. */
  welcome(): Locator {
    return this.#page.locator('.pane-body .welcome-view-content');
  }

  /** Shows the Problems panel, with only what holds a text. */
  async showProblems(filter = ''): Promise<Locator> {
    const panel = this.#page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.press('Control+Shift+KeyM');
    await this.#page.locator('.pane-body-container, .panel').locator('.viewpane-filter input').fill(filter);
    return panel;
  }

  /** The row of a block in the Problems panel, which is opened and filtered for it. */
  async problemRow(block: string): Promise<Locator> {
    const panel = await this.showProblems(block);
    const row = panel.locator('.monaco-list-row[aria-level="2"]').filter({ hasText: block });
    await row.waitFor();
    return row;
  }

  /** Clicks the message of a block in the Problems panel; its id beside it is a link elsewhere. */
  async openProblem(block: string): Promise<void> {
    await (
      await this.problemRow(block)
    )
      .locator('.marker-message')
      .first()
      .click({ position: { x: 20, y: 8 } });
  }

  /** The rows of the active editor's text that are in sight. */
  editorRows(): Locator {
    return this.#page.locator('.editor-instance .view-lines .view-line');
  }

  /** The gutter icons of the active editor that are in sight. */
  gutterIcons(): Locator {
    return this.#page.locator('.editor-instance .margin .cgmr');
  }

  /** Numbers of the lines in sight that carry a gutter icon. */
  async linesWithGutterIcon(): Promise<number[]> {
    await this.gutterIcons().first().waitFor();
    const top = (elements: { getBoundingClientRect(): { top: number } }[]): number[] =>
      elements.map((element) => Math.round(element.getBoundingClientRect().top));
    const icons = new Set(await this.gutterIcons().evaluateAll(top));
    const numbers = this.#page.locator('.editor-instance .margin-view-overlays .line-numbers');
    const [tops, texts] = [await numbers.evaluateAll(top), await numbers.allInnerTexts()];
    return texts.filter((_, index) => icons.has(tops[index] ?? -1)).map(Number);
  }

  /** Waits until the cursor of the active editor is on this line, as the status bar says. */
  async waitForCursorLine(line: number): Promise<void> {
    await this.#cursor()
      .filter({ hasText: new RegExp(`\\bLn ${line}\\b`) })
      .waitFor();
  }

  #cursor(): Locator {
    return this.#page.locator('.statusbar-item[id="status.editor.selection"]');
  }

  /** The hover over a line of the active editor that is in sight. */
  async hoverOverLine(line: number): Promise<Locator> {
    const number = this.#page.locator('.editor-instance .margin-view-overlays .line-numbers').getByText(String(line), {
      exact: true,
    });
    const box = await number.boundingBox();
    if (!box) throw new Error(`Line ${line} is not in sight.`);
    // Into the text, right of the number and of the gutter's folding marks.
    await this.#page.mouse.move(box.x + box.width + 120, box.y + box.height / 2);
    const hover = this.#page.locator('.monaco-resizable-hover .monaco-hover');
    await hover.waitFor();
    return hover;
  }

  /** The items of the status bar that this extension shows. */
  statusItem(text: string | RegExp): Locator {
    return this.#page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** A message to the user; it is looked up behind the bell, because a workbench under test shows none by itself. */
  async notification(text: string): Promise<Locator> {
    const center = this.#page.locator('.notifications-center');
    if (!(await center.isVisible())) await this.#page.locator('[id="status.notifications"]').click();
    const message = center.locator('.notification-list-item').filter({ hasText: text });
    await message.waitFor();
    return message;
  }

  /** A part of the page by its CSS selector, for what only one test looks at. */
  locator(selector: string): Locator {
    return this.#page.locator(selector);
  }

  async press(keys: string): Promise<void> {
    await this.#page.keyboard.press(keys);
  }

  /** Keeps a picture of the page under out/screenshots. */
  async screenshot(name: string): Promise<void> {
    mkdirSync('out/screenshots', { recursive: true });
    await this.#page.screenshot({ path: path.join('out/screenshots', `${name}.png`), animations: 'disabled' });
  }
}

/** A finger on the page. Playwright's own taps want a browser window of their own, made for touch. */
import type { CDPSession, Locator, Page } from "@playwright/test";

export class Finger {
  private constructor(private readonly session: CDPSession) {}

  static async on(page: Page): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page));
  }

  down = (x: number, y: number) => this.touch("touchStart", [{ x, y }]);
  move = (x: number, y: number) => this.touch("touchMove", [{ x, y }]);
  up = () => this.touch("touchEnd", []);

  async tap(what: Locator): Promise<void> {
    // Until it can be pressed.
    await what.click({ trial: true });
    const box = (await what.boundingBox())!;
    await this.down(box.x + box.width / 2, box.y + box.height / 2);
    await this.up();
  }

  private async touch(
    type: "touchStart" | "touchMove" | "touchEnd",
    touchPoints: { x: number; y: number }[],
  ) {
    await this.session.send("Input.dispatchTouchEvent", { type, touchPoints });
  }
}

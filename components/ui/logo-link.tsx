import Link from "next/link";
import { LINK, Mark } from "./logo";

/** The mark, and the way to the start page; nothing watches at every frame whether it is in sight, to load that ahead. */
export function Logo() {
  return (
    <Link href="/" prefetch={false} {...LINK}>
      <Mark />
    </Link>
  );
}

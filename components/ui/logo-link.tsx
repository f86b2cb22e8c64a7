import Link from "next/link";
import { LINK, Mark } from "./logo";

/** The mark, and the way to the start page. */
export function Logo() {
  return (
    <Link href="/" {...LINK}>
      <Mark />
    </Link>
  );
}

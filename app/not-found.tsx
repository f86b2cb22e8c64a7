import { Notice } from "@/components/ui/notice";

export default function NotFound() {
  return (
    <Notice
      title="There is nothing at this address"
      text="The address may be mistyped, or what was here has been deleted."
    />
  );
}

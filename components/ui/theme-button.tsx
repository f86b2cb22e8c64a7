"use client";
import { Moon, Sun } from "lucide-react";
import { IconButton } from "./button";
import { chooseTheme, useTheme } from "./theme";

export function ThemeButton() {
  const theme = useTheme();
  const next = theme === "dark" ? "light" : "dark";
  return (
    <IconButton label={`Switch to the ${next} theme`} onClick={() => chooseTheme(next)}>
      {theme === "dark" ? <Sun size={17} /> : <Moon size={17} />}
    </IconButton>
  );
}

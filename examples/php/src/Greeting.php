<?php

declare(strict_types=1);

namespace Hello;

final class Greeting
{
    public static function for(string $path): string
    {
        $name = trim(rawurldecode($path), '/');

        return sprintf("Hello, %s!\n", $name === '' ? 'world' : $name);
    }
}

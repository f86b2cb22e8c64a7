<?php

declare(strict_types=1);

require __DIR__ . '/../vendor/autoload.php';

$failures = 0;
foreach (['/' => "Hello, world!\n", '/Ada' => "Hello, Ada!\n", '/Ada%20L' => "Hello, Ada L!\n"] as $path => $want) {
    $got = Hello\Greeting::for($path);
    if ($got === $want) {
        echo "ok $path\n";
        continue;
    }
    fwrite(STDERR, "$path gave " . json_encode($got) . ' instead of ' . json_encode($want) . "\n");
    $failures++;
}
exit($failures === 0 ? 0 : 1);

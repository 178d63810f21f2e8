<?php
// Reads frames, one a line, and writes what readers find in each.

require __DIR__ . '/runtime.php';
spl_autoload_register(function (string $name): void {
    require_once __DIR__ . '/' . explode('\\', $name)[0] . '.php';
});

function reading($value) {
    if (is_bool($value)) return $value ? '1' : '0';
    if (is_int($value)) return (string) $value;
    if (is_float($value)) return var_export($value, true);
    if (is_string($value)) return 'x' . bin2hex($value);
    if (is_array($value)) return array_map('reading', array_values($value));
    $members = [];
    foreach ((array) $value as $name => $member) {
        $short = strrchr($name, "\0");
        if ($member === null || !str_starts_with($short, "\0_m_")) continue;
        if (str_starts_with($short, "\0_m__raw_")) continue;
        $members[substr($short, 4)] = reading($member);
    }
    return (object) $members;
}

foreach (file($argv[1], FILE_IGNORE_NEW_LINES) as $line) {
    [, $name, $hex] = explode(' ', $line);
    try {
        echo json_encode(reading(new $name(new \Kaitai\Struct\Stream(hex2bin($hex))))), "\n";
    } catch (\Throwable $error) {
        echo '!', strtok(get_class($error) . ' ' . $error->getMessage(), "\n"), "\n";
    }
}

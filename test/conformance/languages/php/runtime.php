<?php
// What readers that Kaitai Struct generates for PHP need, for frames that are in memory. PHP's own runtime is in none of
// the registries that the conformance run uses.

namespace Kaitai\Struct {
    class Struct {
        protected $_io;
        protected $_parent;
        protected $_root;

        public function __construct(Stream $_io, ?Struct $_parent = null, ?Struct $_root = null) {
            $this->_io = $_io;
            $this->_parent = $_parent;
            $this->_root = $_root;
        }

        public function _io(): Stream {
            return $this->_io;
        }
    }

    class Stream {
        private string $bytes;
        private int $position = 0;
        private int $bits = 0;
        private int $bitsLeft = 0;

        public function __construct(string $bytes) {
            $this->bytes = $bytes;
        }

        public static function bytesToStr(string $bytes, string $encoding): string {
            return (string) @iconv($encoding, 'UTF-8', $bytes);
        }

        public function isEof(): bool {
            return $this->bitsLeft === 0 && $this->position >= strlen($this->bytes);
        }

        public function readBytes(int $count): string {
            $this->alignToByte();
            return $this->take($count);
        }

        public function readBytesFull(): string {
            return $this->readBytes(strlen($this->bytes) - $this->position);
        }

        public function alignToByte(): void {
            $this->bits = 0;
            $this->bitsLeft = 0;
        }

        public function readBitsIntBe(int $count): int {
            while ($this->bitsLeft < $count) {
                $this->bits = ($this->bits << 8) | ord($this->take(1));
                $this->bitsLeft += 8;
            }
            $this->bitsLeft -= $count;
            $value = $this->bits >> $this->bitsLeft;
            $this->bits &= (1 << $this->bitsLeft) - 1;
            return $value;
        }

        public function readU1(): int { return $this->integer('C', 1); }
        public function readU2be(): int { return $this->integer('n', 2); }
        public function readU2le(): int { return $this->integer('v', 2); }
        public function readU4be(): int { return $this->integer('N', 4); }
        public function readU4le(): int { return $this->integer('V', 4); }
        // Numbers beyond 63 bits turn negative.
        public function readU8be(): int { return $this->integer('J', 8); }
        public function readU8le(): int { return $this->integer('P', 8); }
        public function readS1(): int { return $this->integer('c', 1); }
        public function readS2be(): int { return self::signed($this->readU2be(), 16); }
        public function readS2le(): int { return self::signed($this->readU2le(), 16); }
        public function readS4be(): int { return self::signed($this->readU4be(), 32); }
        public function readS4le(): int { return self::signed($this->readU4le(), 32); }
        public function readS8be(): int { return $this->readU8be(); }
        public function readS8le(): int { return $this->readU8le(); }
        public function readF4be(): float { return unpack('G', $this->readBytes(4))[1]; }
        public function readF4le(): float { return unpack('g', $this->readBytes(4))[1]; }
        public function readF8be(): float { return unpack('E', $this->readBytes(8))[1]; }
        public function readF8le(): float { return unpack('e', $this->readBytes(8))[1]; }

        private function integer(string $format, int $size): int {
            return unpack($format, $this->readBytes($size))[1];
        }

        private static function signed(int $value, int $bits): int {
            return $value >= 1 << ($bits - 1) ? $value - (1 << $bits) : $value;
        }

        private function take(int $count): string {
            $left = strlen($this->bytes) - $this->position;
            if ($count < 0 || $count > $left) {
                throw new \Exception("requested $count bytes, but only $left bytes available");
            }
            $this->position += $count;
            return substr($this->bytes, $this->position - $count, $count);
        }
    }
}

namespace Kaitai\Struct\Error {
    class ValidationFailedError extends \Exception {
        public function __construct(...$told) {
            parent::__construct(static::class . ' at ' . end($told));
        }
    }
    class ValidationNotEqualError extends ValidationFailedError {}
    class ValidationLessThanError extends ValidationFailedError {}
    class ValidationGreaterThanError extends ValidationFailedError {}
    class ValidationNotAnyOfError extends ValidationFailedError {}
    class ValidationExprError extends ValidationFailedError {}
}

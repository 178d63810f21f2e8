# What readers that Kaitai Struct generates for Ruby need, for frames that are in memory. Ruby's own runtime is in none of
# the registries that the conformance run uses.

require "rubygems"

module Kaitai
  module Struct
    VERSION = "0.11"

    class Struct
      attr_reader :_io

      def initialize(io, parent = nil, root = nil)
        @_io = io
        @_parent = parent
        @_root = root
      end
    end

    class ValidationFailedError < StandardError
      def initialize(*told)
        super("at #{told.last}")
      end
    end

    class ValidationNotEqualError < ValidationFailedError; end
    class ValidationLessThanError < ValidationFailedError; end
    class ValidationGreaterThanError < ValidationFailedError; end
    class ValidationNotAnyOfError < ValidationFailedError; end
    class ValidationExprError < ValidationFailedError; end

    class Stream
      def initialize(bytes)
        @bytes = bytes
        @position = 0
        @bits = 0
        @bits_left = 0
      end

      # A number that an enum does not list stays a number.
      def self.resolve_enum(names, number)
        names[number] || number
      end

      { u1: "C", s1: "c", u2le: "S<", u2be: "S>", s2le: "s<", s2be: "s>", u4le: "L<", u4be: "L>", s4le: "l<", s4be: "l>",
        u8le: "Q<", u8be: "Q>", s8le: "q<", s8be: "q>", f4le: "e", f4be: "g", f8le: "E", f8be: "G" }.each do |name, format|
        size = name.to_s[1].to_i
        define_method("read_#{name}") { read_bytes(size).unpack1(format) }
      end

      def read_bits_int_be(count)
        while @bits_left < count
          @bits = (@bits << 8) | take(1).getbyte(0)
          @bits_left += 8
        end
        @bits_left -= count
        value = @bits >> @bits_left
        @bits &= (1 << @bits_left) - 1
        value
      end

      def align_to_byte
        @bits = 0
        @bits_left = 0
      end

      def read_bytes(count)
        align_to_byte
        take(count)
      end

      def read_bytes_full
        read_bytes(@bytes.bytesize - @position)
      end

      def eof?
        @bits_left == 0 && @position >= @bytes.bytesize
      end

      def substream(count)
        Stream.new(read_bytes(count))
      end

      private

      def take(count)
        left = @bytes.bytesize - @position
        raise EOFError, "requested #{count} bytes, but only #{left} bytes available" if count.negative? || count > left
        @position += count
        @bytes.byteslice(@position - count, count)
      end
    end
  end
end

# Reads frames, one a line, and writes what readers find in each.

require "json"
require "kaitai/struct/struct"

Internal = /\A@_/

def reading(value, numbers)
  case value
  when true then "1"
  when false then "0"
  when Numeric then value.to_s
  when Symbol then numbers.fetch(value).to_s
  when String then "x#{value.b.unpack1("H*")}"
  when Array then value.map { |element| reading(element, numbers) }
  else
    names = value.instance_variables.reject { |name| name.match?(Internal) || value.instance_variable_get(name).nil? }
    names.to_h { |name| [name.to_s.delete_prefix("@"), reading(value.instance_variable_get(name), numbers)] }
  end
end

# Values of enums are symbols; their numbers stand in the constants of the reader.
def numbers_of(reader)
  tables = reader.constants.map { |name| reader.const_get(name) }.grep(Hash)
  tables.flat_map { |table| table.to_a }.filter_map { |number, name| [name, number] if name.is_a?(Symbol) }.to_h
end

File.foreach(ARGV.fetch(0), chomp: true) do |line|
  file, name, hex = line.split(" ", -1)
  require_relative file
  reader = Object.const_get(name)
  begin
    found = reader.new(Kaitai::Struct::Stream.new([hex].pack("H*")))
    puts JSON.generate(reading(found, numbers_of(reader)))
  rescue StandardError => error
    puts "!#{error.class} #{error.message}".lines.first.to_s.chomp
  end
end

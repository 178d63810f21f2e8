# What readers that Kaitai Struct generates for Perl need, for frames that are in memory. Perl's own runtime is in none of
# the registries that the conformance run uses.

package IO::KaitaiStruct;

use strict;
use warnings;

our $VERSION = '0.011_000';

package IO::KaitaiStruct::Struct;

sub new {
    my ($class, $io, $parent, $root) = @_;
    return bless { _io => $io, _parent => $parent, _root => $root }, $class;
}

sub _io {
    my ($self) = @_;
    return $self->{_io};
}

package IO::KaitaiStruct::Stream;

sub new {
    my ($class, $bytes) = @_;
    return bless { bytes => $bytes, position => 0, bits => 0, bits_left => 0 }, $class;
}

sub is_eof {
    my ($self) = @_;
    return $self->{bits_left} == 0 && $self->{position} >= length($self->{bytes});
}

sub align_to_byte {
    my ($self) = @_;
    @{$self}{qw(bits bits_left)} = (0, 0);
}

sub read_bytes {
    my ($self, $count) = @_;
    $self->align_to_byte();
    return $self->_take($count);
}

sub read_bytes_full {
    my ($self) = @_;
    return $self->read_bytes(length($self->{bytes}) - $self->{position});
}

sub read_bits_int_be {
    my ($self, $count) = @_;
    while ($self->{bits_left} < $count) {
        $self->{bits} = ($self->{bits} << 8) | ord($self->_take(1));
        $self->{bits_left} += 8;
    }
    $self->{bits_left} -= $count;
    my $value = $self->{bits} >> $self->{bits_left};
    $self->{bits} &= (1 << $self->{bits_left}) - 1;
    return $value;
}

my %formats = (
    u1 => 'C', u2be => 'S>', u2le => 'S<', u4be => 'L>', u4le => 'L<', u8be => 'Q>', u8le => 'Q<',
    s1 => 'c', s2be => 's>', s2le => 's<', s4be => 'l>', s4le => 'l<', s8be => 'q>', s8le => 'q<',
    f4be => 'f>', f4le => 'f<', f8be => 'd>', f8le => 'd<',
);
for my $name (keys %formats) {
    my ($format, $size) = ($formats{$name}, substr($name, 1, 1));
    no strict 'refs';
    *{"read_$name"} = sub { return unpack($format, $_[0]->read_bytes($size)) };
}

sub _take {
    my ($self, $count) = @_;
    my $left = length($self->{bytes}) - $self->{position};
    die "requested $count bytes, but only $left bytes available\n" if $count < 0 || $count > $left;
    $self->{position} += $count;
    return substr($self->{bytes}, $self->{position} - $count, $count);
}

1;

# Reads frames, one a line, and writes what readers find in each.

use strict;
use warnings;
use B ();
use Encode ();
use FindBin ();
use lib $FindBin::Bin;
use IO::KaitaiStruct;

sub reading {
    my ($value) = @_;
    if (ref $value eq 'ARRAY') {
        return '[' . join(',', map { reading($_) } @$value) . ']';
    }
    if (ref $value) {
        my @names = sort grep { !/^_/ && defined $value->{$_} } keys %$value;
        return '{' . join(',', map { "\"$_\":" . reading($value->{$_}) } @names) . '}';
    }
    # Only its flags tell a number from a text of digits.
    my $flags = B::svref_2object(\$value)->FLAGS;
    return "\"$value\"" if $flags & B::SVf_IOK;
    return sprintf('"%.17g"', $value) if $flags & B::SVf_NOK;
    return '"x' . unpack('H*', Encode::is_utf8($value) ? Encode::encode('UTF-8', $value) : $value) . '"';
}

open(my $frames, '<', $ARGV[0]) or die "cannot read $ARGV[0]: $!";
while (my $line = <$frames>) {
    chomp $line;
    my (undef, $name, $hex) = split / /, $line, -1;
    my $found = eval {
        require "$name.pm";
        reading($name->new(IO::KaitaiStruct::Stream->new(pack('H*', $hex))));
    };
    my ($reason) = split /\n/, $@ || 'nothing';
    print defined $found ? "$found\n" : "!$reason\n";
}

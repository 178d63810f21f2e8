// What readers that Kaitai Struct generates for C# need, for frames that are in memory. C#'s own runtime is in none of the
// registries that the conformance run uses.

using System;

namespace Kaitai
{
    public abstract class KaitaiStruct
    {
        protected KaitaiStream m_io;

        protected KaitaiStruct(KaitaiStream io)
        {
            m_io = io;
        }

        public KaitaiStream M_Io
        {
            get { return m_io; }
        }
    }

    public class ValidationFailedError : Exception
    {
        public ValidationFailedError(string path) : base("at " + path) { }
    }

    public class ValidationNotEqualError : ValidationFailedError
    {
        public ValidationNotEqualError(object expected, object actual, KaitaiStream io, string path) : base(path) { }
    }

    public class ValidationLessThanError : ValidationFailedError
    {
        public ValidationLessThanError(object min, object actual, KaitaiStream io, string path) : base(path) { }
    }

    public class ValidationGreaterThanError : ValidationFailedError
    {
        public ValidationGreaterThanError(object max, object actual, KaitaiStream io, string path) : base(path) { }
    }

    public class ValidationNotAnyOfError : ValidationFailedError
    {
        public ValidationNotAnyOfError(object actual, KaitaiStream io, string path) : base(path) { }
    }

    public class ValidationExprError : ValidationFailedError
    {
        public ValidationExprError(object actual, KaitaiStream io, string path) : base(path) { }
    }

    public class KaitaiStream
    {
        private readonly byte[] bytes;
        private int position;
        private ulong bits;
        private int bitsLeft;

        public KaitaiStream(byte[] bytes)
        {
            this.bytes = bytes;
        }

        public KaitaiStream(string fileName) : this(System.IO.File.ReadAllBytes(fileName)) { }

        public bool IsEof
        {
            get { return bitsLeft == 0 && position >= bytes.Length; }
        }

        public static int ByteArrayCompare(byte[] a, byte[] b)
        {
            for (int index = 0; index < Math.Min(a.Length, b.Length); index++)
            {
                if (a[index] != b[index]) return a[index].CompareTo(b[index]);
            }
            return a.Length.CompareTo(b.Length);
        }

        public void AlignToByte()
        {
            bits = 0;
            bitsLeft = 0;
        }

        public byte[] ReadBytes(long count)
        {
            AlignToByte();
            return Take(count);
        }

        public byte[] ReadBytes(ulong count)
        {
            return ReadBytes((long)count);
        }

        public byte[] ReadBytesFull()
        {
            return ReadBytes(bytes.Length - position);
        }

        // At most 32 bits at a time, which with seven that are left over fit.
        public ulong ReadBitsIntBe(int count)
        {
            while (bitsLeft < count)
            {
                bits = (bits << 8) | Take(1)[0];
                bitsLeft += 8;
            }
            bitsLeft -= count;
            ulong value = bits >> bitsLeft;
            bits &= (1UL << bitsLeft) - 1;
            return value;
        }

        public byte ReadU1() { return ReadBytes(1)[0]; }
        public ushort ReadU2be() { return BitConverter.ToUInt16(Big(2), 0); }
        public ushort ReadU2le() { return BitConverter.ToUInt16(ReadBytes(2), 0); }
        public uint ReadU4be() { return BitConverter.ToUInt32(Big(4), 0); }
        public uint ReadU4le() { return BitConverter.ToUInt32(ReadBytes(4), 0); }
        public ulong ReadU8be() { return BitConverter.ToUInt64(Big(8), 0); }
        public ulong ReadU8le() { return BitConverter.ToUInt64(ReadBytes(8), 0); }
        public sbyte ReadS1() { return (sbyte)ReadU1(); }
        public short ReadS2be() { return BitConverter.ToInt16(Big(2), 0); }
        public short ReadS2le() { return BitConverter.ToInt16(ReadBytes(2), 0); }
        public int ReadS4be() { return BitConverter.ToInt32(Big(4), 0); }
        public int ReadS4le() { return BitConverter.ToInt32(ReadBytes(4), 0); }
        public long ReadS8be() { return BitConverter.ToInt64(Big(8), 0); }
        public long ReadS8le() { return BitConverter.ToInt64(ReadBytes(8), 0); }
        public float ReadF4be() { return BitConverter.ToSingle(Big(4), 0); }
        public float ReadF4le() { return BitConverter.ToSingle(ReadBytes(4), 0); }
        public double ReadF8be() { return BitConverter.ToDouble(Big(8), 0); }
        public double ReadF8le() { return BitConverter.ToDouble(ReadBytes(8), 0); }

        private byte[] Big(int size)
        {
            byte[] taken = ReadBytes(size);
            Array.Reverse(taken);
            return taken;
        }

        private byte[] Take(long count)
        {
            long left = bytes.Length - position;
            if (count < 0 || count > left)
                throw new System.IO.EndOfStreamException("requested " + count + " bytes, but only " + left + " bytes available");
            byte[] taken = new byte[count];
            Array.Copy(bytes, position, taken, 0, count);
            position += (int)count;
            return taken;
        }
    }
}

// What readers that Kaitai Struct generates for C++ need, for frames that are in memory. The runtime of C++ is in none of
// the registries that the conformance run uses.
#ifndef KAITAI_STRUCT_H
#define KAITAI_STRUCT_H

#define KAITAI_STRUCT_VERSION 11000L

#include <stdint.h>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

namespace kaitai {

class kstream {
public:
    explicit kstream(const std::string& bytes) : m_bytes(bytes), m_position(0), m_bits(0), m_bits_left(0) {}

    bool is_eof() const { return m_bits_left == 0 && m_position >= m_bytes.size(); }

    void align_to_byte() {
        m_bits = 0;
        m_bits_left = 0;
    }

    std::string read_bytes(int64_t count) {
        align_to_byte();
        const char* taken = take(count);
        return std::string(taken, static_cast<size_t>(count));
    }

    std::string read_bytes_full() { return read_bytes(static_cast<int64_t>(m_bytes.size() - m_position)); }

    // At most 32 bits at a time, which with seven that are left over fit.
    uint64_t read_bits_int_be(int count) {
        while (m_bits_left < count) {
            m_bits = (m_bits << 8) | static_cast<uint8_t>(*take(1));
            m_bits_left += 8;
        }
        m_bits_left -= count;
        uint64_t value = m_bits >> m_bits_left;
        m_bits &= (1ULL << m_bits_left) - 1;
        return value;
    }

    uint8_t read_u1() { return static_cast<uint8_t>(big(1)); }
    uint16_t read_u2be() { return static_cast<uint16_t>(big(2)); }
    uint32_t read_u4be() { return static_cast<uint32_t>(big(4)); }
    uint64_t read_u8be() { return big(8); }
    uint16_t read_u2le() { return static_cast<uint16_t>(little(2)); }
    uint32_t read_u4le() { return static_cast<uint32_t>(little(4)); }
    uint64_t read_u8le() { return little(8); }
    int8_t read_s1() { return static_cast<int8_t>(big(1)); }
    int16_t read_s2be() { return static_cast<int16_t>(big(2)); }
    int32_t read_s4be() { return static_cast<int32_t>(big(4)); }
    int64_t read_s8be() { return static_cast<int64_t>(big(8)); }
    int16_t read_s2le() { return static_cast<int16_t>(little(2)); }
    int32_t read_s4le() { return static_cast<int32_t>(little(4)); }
    int64_t read_s8le() { return static_cast<int64_t>(little(8)); }
    float read_f4be() { return bits_of<float>(read_u4be()); }
    float read_f4le() { return bits_of<float>(read_u4le()); }
    double read_f8be() { return bits_of<double>(read_u8be()); }
    double read_f8le() { return bits_of<double>(read_u8le()); }

    static std::string bytes_to_str(const std::string& bytes, const char* encoding) {
        if (std::string(encoding) == "UTF-8") require_utf8(bytes);
        return bytes;
    }

private:
    const std::string m_bytes;
    size_t m_position;
    uint64_t m_bits;
    int m_bits_left;

    const char* take(int64_t count) {
        int64_t left = static_cast<int64_t>(m_bytes.size() - m_position);
        if (count < 0 || count > left) throw std::runtime_error("requested more bytes than are available");
        m_position += static_cast<size_t>(count);
        return m_bytes.data() + m_position - count;
    }

    uint64_t big(int size) {
        align_to_byte();
        const char* taken = take(size);
        uint64_t value = 0;
        for (int index = 0; index < size; index++) value = (value << 8) | static_cast<uint8_t>(taken[index]);
        return value;
    }

    uint64_t little(int size) {
        align_to_byte();
        const char* taken = take(size);
        uint64_t value = 0;
        for (int index = size - 1; index >= 0; index--) value = (value << 8) | static_cast<uint8_t>(taken[index]);
        return value;
    }

    template <typename Float, typename Bits> static Float bits_of(Bits bits) {
        Float value;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }

    // By the table of RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
    static void require_utf8(const std::string& bytes) {
        for (size_t at = 0; at < bytes.size();) {
            uint8_t first = static_cast<uint8_t>(bytes[at]);
            size_t more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : 3;
            bool valid = first < 0x80 || (first >= 0xc2 && first <= 0xf4 && at + more < bytes.size());
            for (size_t index = 1; valid && index <= more; index++) {
                uint8_t next = static_cast<uint8_t>(bytes[at + index]);
                uint8_t low = index > 1 ? 0x80 : first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
                uint8_t high = index > 1 ? 0xbf : first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
                valid = next >= low && next <= high;
            }
            if (!valid) throw std::runtime_error("not valid UTF-8");
            at += 1 + more;
        }
    }
};

class kstruct {
public:
    explicit kstruct(kstream* io) : m__io(io) {}
    virtual ~kstruct() {}
    kstream* _io() const { return m__io; }

    // Readers for C++98 delete members that they have not set yet when they refuse a frame; so what they are made in is zero.
    static void* operator new(size_t size) {
        void* made = std::calloc(1, size);
        if (made == 0) throw std::bad_alloc();
        return made;
    }
    static void operator delete(void* made) { std::free(made); }

protected:
    kstream* m__io;
};

}

#endif

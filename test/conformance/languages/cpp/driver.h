// How readings are written, for the part of the driver that is generated from the .ksy files.
#ifndef DRIVER_H
#define DRIVER_H

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include "kaitai/kaitaistruct.h"

inline std::string hex(const std::string& bytes) {
    static const char digits[] = "0123456789abcdef";
    std::string text = "\"x";
    for (size_t index = 0; index < bytes.size(); index++) {
        uint8_t byte = static_cast<uint8_t>(bytes[index]);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text + "\"";
}

inline std::string show(const std::string& bytes) { return hex(bytes); }
inline std::string show(bool value) { return value ? "\"1\"" : "\"0\""; }
inline std::string show(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "\"%.17g\"", value);
    return text;
}
template <typename Integer> std::string show(Integer value) { return "\"" + std::to_string(value) + "\""; }

inline std::string member(const char* name, const std::string& reading) {
    return std::string("\"") + name + "\":" + reading + ",";
}

// Without the comma behind the last member or element.
inline std::string closed(std::string parts, char open, char close) {
    if (!parts.empty()) parts.resize(parts.size() - 1);
    return open + parts + close;
}

std::string read_frame(const std::string& name, kaitai::kstream* stream);

#endif

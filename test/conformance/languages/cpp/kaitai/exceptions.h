// What readers throw whose demands a frame does not meet.
#ifndef KAITAI_EXCEPTIONS_H
#define KAITAI_EXCEPTIONS_H

#include "kaitai/kaitaistruct.h"
#include <stdexcept>
#include <string>

namespace kaitai {

class validation_failed_error : public std::runtime_error {
public:
    validation_failed_error(const std::string& path) : std::runtime_error("at " + path) {}
};

template <typename T> class validation_not_equal_error : public validation_failed_error {
public:
    validation_not_equal_error(const T&, const T&, kstream*, const std::string& path) : validation_failed_error(path) {}
};

template <typename T> class validation_less_than_error : public validation_failed_error {
public:
    validation_less_than_error(const T&, const T&, kstream*, const std::string& path) : validation_failed_error(path) {}
};

template <typename T> class validation_greater_than_error : public validation_failed_error {
public:
    validation_greater_than_error(const T&, const T&, kstream*, const std::string& path) : validation_failed_error(path) {}
};

template <typename T> class validation_not_any_of_error : public validation_failed_error {
public:
    validation_not_any_of_error(const T&, kstream*, const std::string& path) : validation_failed_error(path) {}
};

template <typename T> class validation_expr_error : public validation_failed_error {
public:
    validation_expr_error(const T&, kstream*, const std::string& path) : validation_failed_error(path) {}
};

}

#endif

// Reads frames, one a line, and writes what readers find in each.
#include "driver.h"

int main(int count, char** arguments) {
    std::ifstream frames(arguments[count - 1]);
    std::string line;
    while (std::getline(frames, line)) {
        std::istringstream parts(line);
        std::string file, name, digits, bytes;
        parts >> file >> name >> digits;
        for (size_t at = 0; at + 1 < digits.size(); at += 2) {
            bytes += static_cast<char>(std::stoi(digits.substr(at, 2), 0, 16));
        }
        try {
            kaitai::kstream stream(bytes);
            std::cout << read_frame(file, &stream) << "\n";
        } catch (const std::exception& error) {
            std::cout << "!" << error.what() << "\n";
        }
    }
}

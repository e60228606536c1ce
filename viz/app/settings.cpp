#include "viz/app/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace entrepot::viz {

namespace {

template <class T>
void read(const std::string& text, T least, T most, T& value) {
    std::istringstream stream(text);
    T read{};
    if (stream >> read && read >= least && read <= most) value = read;
}

}  // namespace

std::filesystem::path settings_file() {
    const auto given = [](const char* name) {
        const char* value = std::getenv(name);
        return value ? std::string(value) : std::string();
    };
    if (const std::string config = given("XDG_CONFIG_HOME"); !config.empty()) {
        return std::filesystem::path(config) / "entrepot/viz.ini";
    }
    const std::string home = given("HOME");
    return home.empty() ? std::filesystem::path() : std::filesystem::path(home) / ".config/entrepot/viz.ini";
}

Settings load_settings(const std::filesystem::path& file) {
    Settings s;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        const auto equals = line.find('=');
        if (equals == line.npos) continue;
        const std::string key = line.substr(0, equals), value = line.substr(equals + 1);
        int flag = -1;
        if (key == "left") s.left = value;
        if (key == "right") s.right = value;
        if (key == "split") read(value, 0.2F, 0.8F, s.split);
        if (key == "below") read(value, 0.15F, 0.8F, s.below);
        if (key == "dark") read(value, 0, 1, flag), s.dark = flag != 0;
        if (key == "hints") read(value, 0, 1, flag), s.hints = flag != 0;
        if (key == "scale") read(value, 0.5, 3.0, s.scale);
        if (key == "width") read(value, 320, 16384, s.width);
        if (key == "height") read(value, 240, 16384, s.height);
    }
    return s;
}

bool save_settings(const std::filesystem::path& file, const Settings& s) {
    if (file.empty()) return false;
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    const std::filesystem::path fresh = file.string() + ".new";
    {
        std::ofstream stream(fresh);
        stream << fmt::format(
            "[entrepot-viz]\nleft={}\nright={}\nsplit={:.3f}\nbelow={:.3f}\ndark={:d}\nhints={:d}\nscale={:.2f}\n"
            "width={}\nheight={}\n",
            s.left, s.right, s.split, s.below, s.dark, s.hints, s.scale, s.width, s.height);
        if (!stream.flush()) return false;
    }
    std::filesystem::rename(fresh, file, ignored);
    return !ignored;
}

}  // namespace entrepot::viz

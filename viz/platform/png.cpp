#include <cstdio>
#include <memory>
#include <stdexcept>

#include <png.h>

#include "viz/platform/picture.hpp"

namespace entrepot::viz {

void write_png(const std::filesystem::path& file, const Picture& picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    // Opaque, so that what is kept is colour alone.
    image.format = PNG_FORMAT_RGB;
    std::vector<std::uint8_t> rgb;
    rgb.reserve(picture.rgba.size() / 4 * 3);
    for (std::size_t i = 0; i + 3 < picture.rgba.size(); i += 4) {
        rgb.insert(rgb.end(), {picture.rgba[i], picture.rgba[i + 1], picture.rgba[i + 2]});
    }
    if (!png_image_write_to_file(&image, file.c_str(), 0, rgb.data(), 0, nullptr)) {
        throw std::runtime_error(file.string() + ": can't be written: " + image.message);
    }
}

}  // namespace entrepot::viz

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include <png.h>

#include "viz/platform/picture.hpp"

namespace entrepot::viz {

std::string png_of(const Picture& picture) {
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
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    std::string bytes(size, '\0');
    if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, rgb.data(), 0, nullptr)) {
        throw std::runtime_error(std::string("the picture can't be made: ") + image.message);
    }
    bytes.resize(size);
    return bytes;
}

}  // namespace entrepot::viz

#include "viz/app/benchmark.hpp"

#include <fmt/format.h>

#include "viz/app/app.hpp"
#include "viz/platform/picture.hpp"

namespace entrepot::viz {

int run_benchmark(App& app, int width, int height) {
    (void)app, (void)width, (void)height;
    return 0;
}

}  // namespace entrepot::viz

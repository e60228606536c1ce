#include <cstdlib>
#include <cstring>

#include <dlfcn.h>

/// Stands in for a graphics card that is lost: put before GLFW by LD_PRELOAD, it lets the driver tell once, after so
/// many frames as LOSE_CONTEXT_AFTER says, that the context is gone.
namespace {

using Function = void (*)();

unsigned lost_once() {
    static int frames = 0;
    const char* after = std::getenv("LOSE_CONTEXT_AFTER");
    constexpr unsigned kGuiltyContextReset = 0x8253;
    return after != nullptr && ++frames == std::atoi(after) ? kGuiltyContextReset : 0;
}

}  // namespace

extern "C" Function glfwGetProcAddress(const char* name) {
    if (std::strcmp(name, "glGetGraphicsResetStatus") == 0) return reinterpret_cast<Function>(lost_once);
    using Original = Function (*)(const char*);
    static const auto original = reinterpret_cast<Original>(dlsym(RTLD_NEXT, "glfwGetProcAddress"));
    return original(name);
}

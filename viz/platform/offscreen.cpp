#define GL_GLEXT_PROTOTYPES
#include <chrono>
#include <stdexcept>
#include <string>

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui_impl_opengl3.h>

#include "viz/app/app.hpp"
#include "viz/platform/pace.hpp"
#include "viz/platform/picture.hpp"

/// Pictures without a display: surfaceless EGL and a framebuffer object.
namespace entrepot::viz {

namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what + ": pictures need EGL with OpenGL 3.2, such as Mesa's (libegl1, libgl1-mesa-dri)");
}

class Surfaceless {
public:
    Surfaceless() {
        const auto display_of =
            reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
        if (!display_of) fail("EGL knows no platforms");
        display_ = display_of(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        if (display_ == EGL_NO_DISPLAY || !eglInitialize(display_, nullptr, nullptr))
            fail("EGL has no surfaceless display");
        if (!eglBindAPI(EGL_OPENGL_API)) fail("EGL has no OpenGL");
        const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
        EGLConfig config{};
        EGLint count = 0;
        if (!eglChooseConfig(display_, wanted, &config, 1, &count) || count == 0) fail("EGL has no configuration");
        const EGLint version[] = {
            EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
        context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version);
        if (context_ == EGL_NO_CONTEXT) fail("OpenGL 3.3 isn't there");
        if (!eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_)) fail("OpenGL can't be used");
    }
    Surfaceless(const Surfaceless&) = delete;
    Surfaceless& operator=(const Surfaceless&) = delete;
    ~Surfaceless() {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
        eglTerminate(display_);
    }

private:
    EGLDisplay display_ = EGL_NO_DISPLAY;
    EGLContext context_ = EGL_NO_CONTEXT;
};

/// A canvas of so many pixels that can be read back.
class Target {
public:
    Target(int width, int height) : width_(width), height_(height) {
        glGenFramebuffers(1, &frame_);
        glBindFramebuffer(GL_FRAMEBUFFER, frame_);
        glGenRenderbuffers(1, &pixels_);
        glBindRenderbuffer(GL_RENDERBUFFER, pixels_);
        glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, pixels_);
        if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) fail("no canvas of that size");
        if (!ImGui_ImplOpenGL3_Init("#version 330 core")) fail("ImGui can't draw here");
    }
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;
    ~Target() {
        ImGui_ImplOpenGL3_Shutdown();
        glDeleteRenderbuffers(1, &pixels_);
        glDeleteFramebuffers(1, &frame_);
    }

    void draw(App& app) const {
        ImGuiIO& io = ImGui::GetIO();
        io.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
        io.DeltaTime = 1.0F / 60;
        if (app.prepare()) {
            ImGui_ImplOpenGL3_DestroyFontsTexture();
            ImGui_ImplOpenGL3_CreateFontsTexture();
        }
        ImGui_ImplOpenGL3_NewFrame();
        ImGui::NewFrame();
        app.frame();
        ImGui::Render();
        const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(app.ground());
        glViewport(0, 0, width_, height_);
        glClearColor(ground.x, ground.y, ground.z, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    }

    Picture read() const {
        const auto w = static_cast<std::size_t>(width_), h = static_cast<std::size_t>(height_);
        Picture picture{width_, height_, std::vector<std::uint8_t>(w * h * 4)};
        std::vector<std::uint8_t> upside_down(w * h * 4);
        glPixelStorei(GL_PACK_ALIGNMENT, 1);
        glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
        for (std::size_t y = 0; y < h; ++y) {
            std::copy_n(upside_down.data() + (h - 1 - y) * w * 4, w * 4, picture.rgba.data() + y * w * 4);
        }
        return picture;
    }

private:
    int width_, height_;
    GLuint frame_ = 0, pixels_ = 0;
};

}  // namespace

Picture draw_picture(App& app, int width, int height) {
    const Surfaceless display;
    const Target target(width, height);
    // ImGui knows the size of what scrolls, and of tables, after it has drawn them once or twice.
    for (int frame = 0; frame < 4; ++frame) {
        target.draw(app);
        app.settle();
    }
    return target.read();
}

std::vector<double> time_frames(App& app, int width, int height, int frames) {
    const Surfaceless display;
    const Target target(width, height);
    std::vector<double> times;
    FramePace pace;
    for (int frame = 0; frame < frames; ++frame) {
        const auto began = std::chrono::steady_clock::now();
        target.draw(app);
        glFinish();
        pace.wait();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }
    return times;
}

}  // namespace entrepot::viz

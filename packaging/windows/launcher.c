/* finsam-desktop.exe and finsam.exe: start the Python that lies beside them with the program's module.

   Built twice: without CONSOLE for the window, with it for the command line. The program starts itself again as
   "-m MODULE" to fill Word templates apart; such arguments go to Python as they stand. */

#include <windows.h>
#include <stdio.h>
#include <wchar.h>

typedef int (*py_main)(int, wchar_t **);

static int fail(const wchar_t *what)
{
#ifdef CONSOLE
    fwprintf(stderr, L"%ls\n", what);
#else
    MessageBoxW(NULL, what, L"Finsam Desktop", MB_OK | MB_ICONERROR);
#endif
    return 1;
}

static int start(int count, wchar_t **words)
{
    static wchar_t folder[32768], library[32768];
    DWORD length = GetModuleFileNameW(NULL, folder, 32767);
    wchar_t *last = length ? wcsrchr(folder, L'\\') : NULL;
    if (last == NULL)
        return fail(L"Programmets mapp hittas inte. Installera programmet igen.");
    *last = 0;
    swprintf(library, 32767, L"%ls\\" PYTHON_DLL, folder);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    py_main run = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (run == NULL)
        return fail(L"Programmet \x00e4r inte helt. Installera det igen; dina filer r\x00f6rs inte.");
    wchar_t **all = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, (count + 3) * sizeof(wchar_t *));
    int used = 0;
    all[used++] = words[0];
    if (count < 2 || wcscmp(words[1], L"-m") != 0) {
        all[used++] = L"-m";
        all[used++] = MODULE;
    }
    for (int place = 1; place < count; place++)
        all[used++] = words[place];
    return run(used, all);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **words)
{
    return start(count, words);
}
#else
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, wchar_t *line, int show)
{
    int count = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    (void)self; (void)before; (void)line; (void)show;
    return words ? start(count, words) : 1;
}
#endif

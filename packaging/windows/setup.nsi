; The set-up program: per user, without administrator, in Swedish. Built by build.py, which gives
; VERSION, TREE (what is installed), OUT (the set-up file) and ICON.

Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"

Name "Finsam Desktop"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Finsam Desktop"
InstallDirRegKey HKCU "Software\Finsam Desktop" "Folder"
RequestExecutionLevel user
SetCompressor /SOLID lzma
BrandingText "Finsam Desktop ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Finsam Desktop"
VIAddVersionKey "FileDescription" "Installerar Finsam Desktop"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\finsam-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Starta Finsam Desktop"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Swedish"

!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Finsam Desktop"

; Removes the program's own files, by the list that was written when they were installed. What a user has put in the
; folder stays.
!macro REMOVE_PROGRAM
  IfFileExists "$INSTDIR\finsam-desktop.exe" 0 +6
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\licenser"
  Delete "$INSTDIR\*.exe.old"
  Delete "$INSTDIR\*.pyd"
  Delete "$INSTDIR\*.dll"
!macroend

Section "Finsam Desktop"
  SetOutPath "$INSTDIR"
  ; An upgrade in place: what the older version had and the newer has not must go. Data lies elsewhere.
  !insertmacro REMOVE_PROGRAM
  File /r "${TREE}\*.*"
  ; forbund.toml beside the set-up file, or /PRESET=file: the association's own beginning. The logo and the Word templates
  ; that it names come along from a folder "forbund" beside it.
  ${GetParameters} $0
  ${GetOptions} $0 "/PRESET=" $1
  IfErrors 0 +2
  StrCpy $1 "$EXEDIR\forbund.toml"
  IfFileExists "$1" 0 +2
  CopyFiles /SILENT "$1" "$INSTDIR\forbund.toml"
  ${GetParent} "$1" $2
  IfFileExists "$2\forbund\*.*" 0 +3
  CreateDirectory "$INSTDIR\forbund"
  CopyFiles /SILENT "$2\forbund\*.*" "$INSTDIR\forbund"

  CreateDirectory "$SMPROGRAMS"
  CreateShortCut "$SMPROGRAMS\Finsam Desktop.lnk" "$INSTDIR\finsam-desktop.exe"
  WriteRegStr HKCU "Software\Finsam Desktop" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${CLASSES}\.finsam" "" "FinsamDesktop.Forbund"
  WriteRegStr HKCU "${CLASSES}\FinsamDesktop.Forbund" "" "Förbund i Finsam Desktop"
  WriteRegStr HKCU "${CLASSES}\FinsamDesktop.Forbund\DefaultIcon" "" "$INSTDIR\finsam-file.ico"
  WriteRegStr HKCU "${CLASSES}\FinsamDesktop.Forbund\shell\open\command" "" '"$INSTDIR\finsam-desktop.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.motespaket" "" "FinsamDesktop.Motespaket"
  WriteRegStr HKCU "${CLASSES}\FinsamDesktop.Motespaket" "" "Mötespaket i Finsam Desktop"
  WriteRegStr HKCU "${CLASSES}\FinsamDesktop.Motespaket\DefaultIcon" "" "$INSTDIR\finsam-file.ico"
  WriteRegStr HKCU "${CLASSES}\FinsamDesktop.Motespaket\shell\open\command" "" '"$INSTDIR\finsam-desktop.exe" "%1"'
  WriteUninstaller "$INSTDIR\avinstallera.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Finsam Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Finsam Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\finsam-desktop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\avinstallera.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\avinstallera.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $2 $3 $4
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $2
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
SectionEnd

Section "Uninstall"
  !insertmacro REMOVE_PROGRAM
  Delete "$INSTDIR\finsam-desktop.exe"
  Delete "$INSTDIR\finsam.exe"
  Delete "$INSTDIR\python.exe"
  Delete "$INSTDIR\pythonw.exe"
  Delete "$INSTDIR\python*.zip"
  Delete "$INSTDIR\python*._pth"
  Delete "$INSTDIR\python.cat"
  Delete "$INSTDIR\*.ico"
  Delete "$INSTDIR\sbom.cdx.json"
  Delete "$INSTDIR\filer.txt"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\forbund.toml"
  RMDir /r "$INSTDIR\forbund"
  Delete "$INSTDIR\avinstallera.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Finsam Desktop.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${CLASSES}\FinsamDesktop.Forbund"
  DeleteRegValue HKCU "${CLASSES}\.finsam" ""
  DeleteRegKey /ifempty HKCU "${CLASSES}\.finsam"
  DeleteRegKey HKCU "${CLASSES}\FinsamDesktop.Motespaket"
  DeleteRegValue HKCU "${CLASSES}\.motespaket" ""
  DeleteRegKey /ifempty HKCU "${CLASSES}\.motespaket"
  DeleteRegKey HKCU "Software\Finsam Desktop"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
SectionEnd

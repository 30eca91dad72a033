import { either } from './lines.ts';

type Slots = Readonly<Record<string, readonly string[]>>;

const names = either(
  `Anna / Ben / Carla / Dmitri / Elif / Farid / Grace / Hiro / Ines / Jamal / Katrin / Lena / Marek / Nadia / Oscar / Priya / Quentin /
  Rosa / Sven / Tara / Umut / Vera / Wei / Yusuf / Zoe / Mr Harper / Dr. Osei / Ms Lindqvist / Amir / Chloe / Diego / Fatima / Mum / my boss`,
);

/** Signs that mean something in a template, for texts that hold them. */
export const signs: Slots = { nl: ['\n'], lb: ['['], rb: [']'], lc: ['{'], rc: ['}'], bar: ['|'], slash: ['/'] };

/** What English talk to a task assistant is filled with. */
export const english: Slots = {
  ...signs,
  person: names,
  n: either('2 / 3 / 4 / 5 / 6 / 7 / 8 / 9 / 10 / 12 / 15 / 20 / 24 / 30 / 45'),
  day: either(
    `Monday / Tuesday / Wednesday / Thursday / Friday / Saturday / Sunday / tomorrow / tonight / next week / the 3rd / the 14th /
    March 9 / next Tuesday / this weekend / the day after tomorrow / 21 June / Friday morning / New Year's Eve`,
  ),
  time: either(
    'five / 5pm / 17:00 / 8:30 / noon / half past nine / 6 in the evening / 10:15 am / seven / 3 pm / 7 a.m. / 20:45',
  ),
  when: either(
    '{day} / {day} at {time} / at {time} / {day} / at {time} on {day} / in {n} minutes / in {n} hours / {day} around {time}',
  ),
  errand: either(
    `buy milk / water the plants / call the bank / pay the rent / walk the dog / send the report to {person} / book a table for {n} /
    renew my passport / pick up the kids / return the library books / iron my shirts / fix the bike / clean the gutters / charge the car /
    take my pills / order printer ink / back up the laptop / write to the landlord / vote / feed the cat / collect the parcel /
    sign the lease / cancel the gym / stretch for {n} minutes / practise the cello / defrost the freezer / file my taxes / phone {person} /
    pack the suitcase / check the oil / get a haircut / meet {person} / wrap the presents / prepare the slides / rotate the tyres`,
  ),
  event: either(
    `dentist / team meeting / call with {person} / parents' evening / yoga class / flight / lunch with {person} / sprint review / haircut /
    vet visit / piano lesson / interview / book club / standup / wedding / car inspection / physio / board meeting / birthday party /
    doctor's appointment / rehearsal / webinar / one-on-one with {person} / school play / house viewing`,
  ),
  list: either(
    `shopping list / work list / packing list / to-do list / groceries / reading list / birthday list / weekend list / wish list /
    list for {person} / holiday list / backlog / calendar / {day} list / errands / list called {project} / inbox list / house list`,
  ),
  project: either(
    'Garden / Kitchen / Move / Thesis / Q3 / Newsletter / Wedding / Website / Taxes / Summer camp / Audit / Atlas',
  ),
  hey: either(
    'hey, / hi, / hello, / ok, / okay / so, / um, / good morning, / hi there, / oh, / right, / _ / _ / _ / _ / _',
  ),
  please: either(
    'please / pls / can you / could you / would you / could you please / kindly / I need you to / I want you to / _ / _ / _ / _ / _',
  ),
  bye: either(
    ', please / , thanks / . Thank you / , thx / . Cheers / , will you / , if possible / . / ! / _ / _ / _ / _ / _',
  ),
};

/** The same for German. */
export const german: Slots = {
  ...signs,
  person: names,
  n: english.n ?? [],
  day: either(
    'morgen / am Montag / am Dienstag / am Freitag / am Samstag / übermorgen / nächste Woche / heute Abend / am 3. März / am Wochenende',
  ),
  from: either('morgen / Montag / nächster Woche / dem 3. März / Freitagabend / sofort'),
  time: either('um fünf / um 17 Uhr / um 8:30 / mittags / um halb zehn / um 20:15 Uhr / gegen sieben / ab 9 Uhr'),
  errand: either(
    `Milch kaufen / die Blumen gießen / die Miete überweisen / den Hund ausführen / {person} anrufen / den Bericht schicken / den Müll rausbringen /
    die Steuererklärung machen / Winterreifen bestellen / das Paket abholen / einen Tisch reservieren / den Ausweis verlängern / die Fenster putzen`,
  ),
  event: either(
    `Zahnarzttermin / Elternabend / Termin mit {person} / Teamtermin / Friseurtermin / Kinoabend / Flug / Yogakurs / Anruf bei der Bank / Umzug`,
  ),
  list: either('Einkaufsliste / Packliste / Arbeitsliste / Aufgabenliste / Wunschliste / Wochenendliste / Leseliste'),
  please: either('bitte / mal / bitte mal / _ / _ / _'),
  hey: either('Hallo, / Hi, / Guten Morgen, / Ok, / Also, / _ / _ / _ / _ / _'),
  bye: either(', danke / , bitte / . Danke dir / . / ! / _ / _ / _'),
};

/** The same for Spanish. */
export const spanish: Slots = {
  ...signs,
  person: names,
  n: english.n ?? [],
  day: either(
    'mañana / el lunes / el martes / el viernes / el sábado / pasado mañana / esta noche / el 3 de marzo / la semana que viene',
  ),
  time: either('a las cinco / a las 17:00 / a las 8 y media / al mediodía / a las diez de la noche / a las 7'),
  errand: either(
    `comprar leche / regar las plantas / pagar el alquiler / llamar a {person} / sacar al perro / enviar el informe / renovar el pasaporte /
    recoger el paquete / reservar mesa / limpiar la cocina / hacer la declaración de la renta`,
  ),
  event: either(
    'la cita con el dentista / la reunión / la clase de yoga / el vuelo / la comida con {person} / la llamada con {person} / el cumpleaños',
  ),
  list: either('lista de la compra / lista de tareas / lista del trabajo / lista de deseos / lista de la maleta'),
  hey: either('hola, / oye, / buenas, / vale, / _ / _ / _ / _'),
  bye: either(', por favor / , gracias / . / ! / _ / _'),
};

/** The same for French. */
export const french: Slots = {
  ...signs,
  person: names,
  n: english.n ?? [],
  day: either(
    'demain / lundi / mardi / vendredi / samedi prochain / après-demain / ce soir / le 3 mars / la semaine prochaine',
  ),
  time: either('à cinq heures / à 17 h / à 8 h 30 / à midi / à vingt heures / vers sept heures'),
  errand: either(
    `acheter du lait / arroser les plantes / payer le loyer / appeler {person} / sortir le chien / envoyer le rapport / renouveler le passeport /
    récupérer le colis / réserver une table / nettoyer la cuisine / faire la déclaration d'impôts`,
  ),
  event: either(
    `le rendez-vous chez le dentiste / la réunion / le cours de yoga / le vol / le déjeuner avec {person} / l'anniversaire de {person}`,
  ),
  list: either('liste de courses / liste de tâches / liste du travail / liste de voyage / liste de cadeaux'),
  hey: either('salut, / bonjour, / dis, / ok, / _ / _ / _ / _'),
  bye: either(`s'il te plaît / , merci / , stp / . / ! / _ / _`),
};

/** The same for Russian. */
export const russian: Slots = {
  ...signs,
  person: either('Ане / Ивану / маме / Марине / Сергею / бабушке / Олегу / начальнику / Фатиме / Лене'),
  with: either('Аней / Иваном / мамой / Мариной / Сергеем / Олегом / директором / командой'),
  n: english.n ?? [],
  day: either(
    'завтра / в понедельник / во вторник / в пятницу / в субботу / послезавтра / сегодня вечером / 3 марта / на следующей неделе',
  ),
  time: either('в пять / в 17:00 / в 8:30 / в полдень / в девять утра / к семи вечера'),
  errand: either(
    `купить молоко / полить цветы / заплатить за квартиру / позвонить {person} / погулять с собакой / отправить отчёт / забрать посылку /
    продлить паспорт / заказать столик / помыть окна / сдать книги в библиотеку`,
  ),
  event: either(
    'приём у стоматолога / встречу с {with} / тренировку / рейс / обед с {with} / созвон с {with} / день рождения',
  ),
  list: either('список покупок / список дел / рабочий список / список вещей / список подарков'),
  hey: either('привет, / слушай, / так, / добрый день, / _ / _ / _ / _'),
  bye: either(', пожалуйста / , спасибо / . / ! / _ / _'),
};

/** The same for Chinese. */
export const chinese: Slots = {
  ...signs,
  person: either('小王 / 妈妈 / 李老师 / 张医生 / 小美 / 老板 / 奶奶 / 阿强'),
  n: english.n ?? [],
  day: either('明天 / 周一 / 星期二 / 周五 / 这个周末 / 后天 / 今晚 / 三月三号 / 下周'),
  time: either('五点 / 下午三点 / 早上八点半 / 中午 / 晚上九点 / 17:00'),
  errand: either(
    '买牛奶 / 给花浇水 / 交房租 / 给{person}打电话 / 遛狗 / 把报告发给{person} / 取快递 / 续签护照 / 订餐厅 / 擦窗户 / 还图书馆的书',
  ),
  event: either('牙医预约 / 团队会议 / 瑜伽课 / 航班 / 和{person}的午餐 / 和{person}的通话 / 生日聚会 / 家长会'),
  list: either('购物清单 / 待办清单 / 工作清单 / 行李清单 / 愿望清单'),
  hey: either('你好， / 嗨， / 那个， / 好的， / _ / _ / _ / _'),
  bye: either('，谢谢 / ，麻烦了 / 。 / ！ / _ / _ / _'),
};

/** The same for Arabic. */
export const arabic: Slots = {
  ...signs,
  person: either('أحمد / أمي / ليلى / سارة / المدير / خالد / الدكتور سامي / جدتي'),
  n: english.n ?? [],
  day: either(
    'غدًا / يوم الاثنين / يوم الثلاثاء / يوم الجمعة / بعد غد / هذا المساء / الأسبوع القادم / في الثالث من مارس',
  ),
  time: either('الساعة الخامسة / الساعة 17:00 / الثامنة والنصف صباحًا / ظهرًا / التاسعة مساءً'),
  errand: either(
    'شراء الحليب / سقي النباتات / دفع الإيجار / الاتصال مع {person} / إرسال التقرير / استلام الطرد / تجديد جواز السفر / حجز طاولة / تنظيف المطبخ',
  ),
  event: either(
    'موعد طبيب الأسنان / الاجتماع / درس اليوغا / الرحلة / الغداء مع {person} / المكالمة مع {person} / حفلة عيد الميلاد',
  ),
  list: either('قائمة التسوق / قائمة المهام / قائمة العمل / قائمة السفر / قائمة الهدايا'),
  hey: either('مرحبًا، / أهلًا، / طيب، / _ / _ / _'),
  bye: either('من فضلك / لو سمحت / ، شكرًا / . / _ / _'),
};

/** The same for Hindi. */
export const hindi: Slots = {
  ...signs,
  person: either('राहुल / माँ / प्रिया / अमित / डॉक्टर साहब / बॉस / सीमा / दादी'),
  n: english.n ?? [],
  day: either('कल / सोमवार को / मंगलवार को / शुक्रवार को / परसों / आज शाम / अगले हफ़्ते / 3 मार्च को'),
  time: either('पाँच बजे / शाम 5 बजे / सुबह साढ़े आठ बजे / दोपहर में / रात नौ बजे'),
  errand: either(
    'दूध खरीदना / पौधों को पानी देना / किराया भरना / {person} को फ़ोन करना / कुत्ते को घुमाना / रिपोर्ट भेजना / पार्सल लेना / पासपोर्ट का नवीनीकरण / टेबल बुक करना',
  ),
  event: either(
    'दाँतों के डॉक्टर का अपॉइंटमेंट / मीटिंग / योग क्लास / फ़्लाइट / {person} के साथ लंच / {person} के साथ कॉल / जन्मदिन की पार्टी',
  ),
  list: either('खरीदारी की सूची / कामों की सूची / ऑफ़िस की सूची / यात्रा की सूची'),
  hey: either('नमस्ते, / सुनो, / अच्छा, / _ / _ / _'),
  bye: either(', धन्यवाद / , शुक्रिया / । / . / _ / _'),
};

/** The same for Turkish. */
export const turkish: Slots = {
  ...signs,
  person: either(`Ayşe'yi / annemi / Mehmet'i / patronumu / Zeynep'i / doktoru / Can'ı / bankayı`),
  with: either('Ayşe / annem / Mehmet / Zeynep / müdür / ekip'),
  n: english.n ?? [],
  day: either('yarın / pazartesi / salı günü / cuma / öbür gün / bu akşam / gelecek hafta / 3 Mart’ta'),
  time: either('saat beşte / 17:00’de / sabah sekiz buçukta / öğlen / akşam dokuzda'),
  errand: either(
    'süt almak / çiçekleri sulamak / kirayı ödemek / {person} aramak / köpeği gezdirmek / raporu göndermek / kargoyu almak / pasaportu yenilemek / masa ayırtmak',
  ),
  event: either(
    'dişçi randevusunu / toplantıyı / yoga dersini / uçuşu / {with} ile öğle yemeğini / {with} ile görüşmeyi / doğum gününü',
  ),
  list: either('alışveriş listesi / yapılacaklar listesi / iş listesi / bavul listesi'),
  hey: either('merhaba, / selam, / şey, / tamam, / _ / _ / _'),
  bye: either(', lütfen / , teşekkürler / . / ! / _ / _'),
};
